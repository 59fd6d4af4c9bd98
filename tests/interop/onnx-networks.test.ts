import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from '../../activities/verification/run-python.js';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { lowerNetwork } from '../../ml/export/network/lower-network.js';
import { observeRanges } from '../../ml/export/network/observe-ranges.js';
import { writeNetwork } from '../../ml/export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../../ml/export/onnx/write-quantized-network.js';
import { randomImages } from '../ml/export/network/random-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { answersOf } from '../ml/export/onnx/run-model.js';
import { smallNetwork } from '../ml/export/network/small-network.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { pythonPackages } from './python-packages.js';

const DESCRIPTION = { name: 'network', doc: 'a test', metadata: { labels: '["0"]' } };

describe('The onnx and onnxruntime packages of Python', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it('accept every network of the zoo in float32 and int8, and give the same answers', async () => {
    const expected = new Map<string, readonly number[]>();
    const folders: string[] = [];
    for (const [index, network] of Object.keys(SMALL_NETWORKS).entries()) {
      const made = await smallNetwork(network);
      const images = randomImages(made, 3, 4);
      const graph = lowerNetwork(made.topology, made.weights);
      const files = { float: writeNetwork(graph, DESCRIPTION), int8: writeQuantizedNetwork(graph, observeRanges(graph, images), DESCRIPTION) };
      const own = join(folder(), String(index));
      mkdirSync(own);
      folders.push(own);
      writeFileSync(join(own, 'rows.npy'), encodeNpy(Float32Array.from(images.flatMap((image) => [...image])), [images.length, images[0]?.length ?? 0]));
      for (const [kind, bytes] of Object.entries(files)) {
        writeFileSync(join(own, `${kind}.onnx`), bytes);
        expected.set(join(own, `${kind}.default.npy`), (await answersOf(bytes, images)).flatMap((row) => [...row]));
      }
    }
    assert.match((await runPython('run_onnx', folders, [pythonPackages()])).runtime, /^onnxruntime \d/);
    for (const [path, answers] of expected) {
      const { data: given } = decodeNpy(readFileSync(path));
      assert.equal(given.length, answers.length, path);
      // Versions of the runtime may round an integer the other way; in float32 they agree.
      const most = path.includes('int8') ? 0.02 : 1e-5;
      answers.forEach((value, i) => assert.ok(Math.abs(value - Number(given[i])) <= most, `${path}: ${given[i]} for ${value}`));
    }
  });
});
