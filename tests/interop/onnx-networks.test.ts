import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lowerNetwork } from '../../ml/export/network/lower-network.js';
import { observeValues } from '../../ml/export/network/observe-values.js';
import { writeNetwork } from '../../ml/export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../../ml/export/onnx/write-quantized-network.js';
import { randomImages } from '../ml/export/network/random-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { answersOf } from '../ml/export/onnx/run-model.js';
import { smallNetwork } from '../ml/export/network/small-network.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { pythonPackages } from './python-packages.js';

const SCRIPT = fileURLToPath(new URL('../../../tests/interop/run_onnx.py', import.meta.url));
const DESCRIPTION = { name: 'network', doc: 'a test', metadata: { labels: '["0"]' } };

describe('The onnx and onnxruntime packages of Python', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it('accept every network of the zoo in float32 and int8, and give the same answers', async () => {
    const expected = new Map<string, Float32Array>();
    for (const [index, network] of Object.keys(SMALL_NETWORKS).entries()) {
      const made = await smallNetwork(network);
      const images = randomImages(made, 3, 4);
      const graph = lowerNetwork(made.topology, made.weights);
      const files = { float: writeNetwork(graph, DESCRIPTION), int8: writeQuantizedNetwork(graph, observeValues(graph, images), 'min-max', DESCRIPTION) };
      for (const [kind, bytes] of Object.entries(files)) {
        const name = `${index}-${kind}`;
        writeFileSync(join(folder(), `${name}.onnx`), bytes);
        writeFileSync(join(folder(), `${name}.f32`), Float32Array.from(images.flatMap((image) => [...image])));
        expected.set(name, Float32Array.from((await answersOf(bytes, images)).flatMap((row) => [...row])));
      }
    }
    writeFileSync(join(folder(), 'names.json'), JSON.stringify([...expected.keys()]));
    const printed = execFileSync('python3', [SCRIPT, folder()], { env: { ...process.env, PYTHONPATH: pythonPackages() }, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
    const answers = JSON.parse(printed.toString()) as Readonly<Record<string, readonly number[]>>;
    for (const [name, row] of expected) {
      const given = answers[name] ?? [];
      assert.equal(given.length, row.length, name);
      // Versions of the runtime may round an integer the other way; in float32 they agree.
      const most = name.endsWith('int8') ? 0.02 : 1e-5;
      row.forEach((value, i) => assert.ok(Math.abs(value - (given[i] ?? Number.NaN)) <= most, `${name}: ${given[i]} for ${value}`));
    }
  });
});
