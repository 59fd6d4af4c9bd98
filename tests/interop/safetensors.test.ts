import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPython } from '../../activities/verification/run-python.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import type { NpyArray } from '../../ml/data/npy.js';
import { decodeNpz } from '../../ml/data/npz.js';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { readSafetensors } from '../../ml/export/safetensors/read-safetensors.js';
import { writeSafetensors } from '../../ml/export/safetensors/write-safetensors.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { assertSameAnswers, compiledAnswers } from '../ml/export/network/compiled-answers.js';
import { randomImages, randomNetwork } from '../ml/export/network/random-network.js';
import { smallNetwork } from '../ml/export/network/small-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { someFacts } from '../ml/export/some-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { pythonPackages } from './python-packages.js';

const DENSE_FORWARD = fileURLToPath(new URL('../../../tests/interop/dense_forward.py', import.meta.url));

/** What the Python package reads of a file, and the file that it writes of the same. */
async function throughPython(folder: string, bytes: Uint8Array): Promise<{ metadata: unknown; tensors: Readonly<Record<string, NpyArray>>; again: Uint8Array }> {
  writeFileSync(join(folder, 'model.safetensors'), bytes);
  const { metadata } = await runPython<{ runtime: string; metadata: Readonly<Record<string, unknown>> }>('read_safetensors', [folder], [pythonPackages()]);
  return { metadata: metadata['model'], tensors: decodeNpz(readFileSync(join(folder, 'model.npz'))).arrays, again: readFileSync(join(folder, 'model.again')) };
}

describe('The safetensors package of Python', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it('reads weights and metadata that we wrote, and we those that it wrote', async () => {
    const { tf } = await loadTensorFlow();
    const model = SMALL_NETWORKS['residual-cnn']?.(tf);
    assert.ok(model);
    const { weights } = randomNetwork(model, 3);
    model.dispose();
    const metadata = exportMetadata(someFacts);
    const { tensors, metadata: read, again } = await throughPython(folder(), writeSafetensors(weights, metadata));
    assert.deepEqual(tensors, Object.fromEntries(weights.map(({ name, shape, data }) => [name, { dtype: 'f4', shape, data }])));
    assert.deepEqual(read, metadata);
    const ours = readSafetensors(again);
    assert.deepEqual(ours.metadata, metadata);
    assert.deepEqual(new Map(ours.weights.map((weight) => [weight.name, weight])), new Map(weights.map((weight) => [weight.name, weight])));
  });

  it('gives numpy all that a dense network needs to answer as it did', async () => {
    const network = await smallNetwork('dense-network');
    const images = randomImages(network, 6, 3);
    writeFileSync(join(folder(), 'model.safetensors'), writeSafetensors(network.weights, exportMetadata(someFacts)));
    writeFileSync(join(folder(), 'rows.npy'), encodeNpy(Float32Array.from(images.flatMap((image) => [...image])), [images.length, images[0]?.length ?? 0]));
    execFileSync('python3', [DENSE_FORWARD, folder()], { env: { ...process.env, PYTHONPATH: pythonPackages() }, stdio: ['ignore', 'ignore', 'pipe'] });
    const { shape: [rows, classes = 0], data } = decodeNpy(readFileSync(join(folder(), 'answers.npy')));
    assert.equal(rows, images.length);
    const answers = images.map((_, row) => Array.from(data.subarray(row * classes, (row + 1) * classes), Number));
    assertSameAnswers(answers, await compiledAnswers(network, images), 1e-5);
  });
});
