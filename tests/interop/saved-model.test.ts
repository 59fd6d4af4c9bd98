import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from '../../activities/verification/run-python.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { lowerNetwork } from '../../ml/export/network/lower-network.js';
import { writeSavedModel } from '../../ml/export/saved-model/write-saved-model.js';
import { assertSameAnswers, compiledAnswers } from '../ml/export/network/compiled-answers.js';
import { randomImages } from '../ml/export/network/random-network.js';
import { smallNetwork } from '../ml/export/network/small-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { someFacts } from '../ml/export/some-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { pythonPackages, pythonTensorflow } from './python-packages.js';

const tensorflow = pythonTensorflow();

// `npm test` asks TensorFlow's C library about the same files.
if (tensorflow !== undefined) describe('The tensorflow package of Python', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();

  it('reads every network of the zoo as a SavedModel, with its facts, and gives the same answers', async () => {
    const networks = await Promise.all(Object.keys(SMALL_NETWORKS).map(async (name, index) => {
      const network = await smallNetwork(name);
      const images = randomImages(network, 3, 4);
      const own = join(folder(), String(index));
      mkdirSync(join(own, `model-${index}`), { recursive: true });
      writeFileSync(join(own, 'rows.npy'), encodeNpy(Float32Array.from(images.flatMap((image) => [...image])), [images.length, ...network.topology.inputShape]));
      writeFileSync(join(own, `model-${index}`, 'saved_model.pb'), writeSavedModel(lowerNetwork(network.topology, network.weights), exportMetadata(someFacts)));
      return { own, answer: join(own, `model-${index}.default.npy`), images, expected: await compiledAnswers(network, images) };
    }));
    const found = await runPython<{ runtime: string; facts: Readonly<Record<string, unknown>> }>('run_saved_model', networks.map(({ own }) => own), [pythonPackages(), tensorflow]);
    assert.match(found.runtime, /^tensorflow 2\./);
    for (const [index, { answer, images, expected }] of networks.entries()) {
      const { shape: [, classes = 0], data } = decodeNpy(readFileSync(answer));
      assertSameAnswers(images.map((_, row) => Array.from(data.subarray(row * classes, (row + 1) * classes), Number)), expected, 1e-5);
      assert.deepEqual(found.facts[`model-${index}`], exportMetadata(someFacts));
    }
  });
});
