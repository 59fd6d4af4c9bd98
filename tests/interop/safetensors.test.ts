import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { readSafetensors } from '../../ml/export/safetensors/read-safetensors.js';
import { writeSafetensors } from '../../ml/export/safetensors/write-safetensors.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { randomNetwork } from '../ml/export/network/random-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { someFacts } from '../ml/export/some-facts.js';
import { pythonPackages } from './python-packages.js';

const SCRIPT = fileURLToPath(new URL('../../../tests/interop/read_safetensors.py', import.meta.url));

interface PythonFacts {
  readonly metadata: unknown;
  /** By name: element type, shape, numbers. */
  readonly tensors: Readonly<Record<string, readonly [string, readonly number[], readonly number[]]>>;
}

/** What the Python package reads of a file, and the file that it writes of the same. */
function throughPython(bytes: Uint8Array): PythonFacts & { readonly again: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-safetensors-'));
  try {
    const [path, again] = [join(folder, 'model.safetensors'), join(folder, 'again.safetensors')];
    writeFileSync(path, bytes);
    const printed = execFileSync('python3', [SCRIPT, path, again], { env: { ...process.env, PYTHONPATH: pythonPackages() }, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
    return { ...(JSON.parse(printed.toString()) as PythonFacts), again: readFileSync(again) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('The safetensors package of Python', function () {
  this.timeout(60_000);

  it('reads weights and metadata that we wrote, and we those that it wrote', async () => {
    const { tf } = await loadTensorFlow();
    const model = SMALL_NETWORKS['residual-cnn']?.(tf);
    assert.ok(model);
    const { weights } = randomNetwork(model, 3);
    model.dispose();
    const metadata = exportMetadata(someFacts);
    const { tensors, metadata: read, again } = throughPython(writeSafetensors(weights, metadata));
    assert.deepEqual(tensors, Object.fromEntries(weights.map(({ name, shape, data }) => [name, ['float32', shape, [...data]]])));
    assert.deepEqual(read, metadata);
    const ours = readSafetensors(again);
    assert.deepEqual(ours.metadata, metadata);
    assert.deepEqual(new Map(ours.weights.map((weight) => [weight.name, weight])), new Map(weights.map((weight) => [weight.name, weight])));
  });
});
