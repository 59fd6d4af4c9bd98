import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { decodeNpy, encodeNpy } from '../../ml/data/npy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { exportModel } from '../../ml/export/export-model.js';
import { TF_LAYERS } from '../../ml/export/web/tf-layers.js';
import { readTopology } from '../../ml/graph/topology.js';
import { encodeSavedNetwork } from '../../ml/models/encode-saved-network.js';
import { model as tinyCnn } from '../../ml/models/tiny-cnn.js';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import type { JsonObject } from '../../shared/json.js';
import { compiledAnswers } from '../ml/export/network/compiled-answers.js';
import { randomImages, randomNetwork } from '../ml/export/network/random-network.js';
import { SMALL_NETWORKS } from '../ml/export/network/small-networks.js';
import { someFacts } from '../ml/export/some-facts.js';
import { mnistSubset } from '../support/digits.js';
import { nativePaths } from '../support/native-paths.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { pythonTensorflow } from './python-packages.js';

const SCRIPT = fileURLToPath(new URL('../../../tests/interop/run_keras.py', import.meta.url));
const FORMATS = ['tfjs', 'savedmodel'] as const;

/** A network, images for it, and what it says of them, one row after the other. */
interface Asked {
  readonly bytes: Uint8Array;
  readonly images: Float32Array;
  readonly shape: readonly number[];
  readonly expected: ArrayLike<number>;
}

const tensorflow = pythonTensorflow();

if (tensorflow !== undefined) describe('Keras', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();

  /** What Keras makes of the web model and of the SavedModel of each network. */
  async function answersOf(networks: readonly Asked[]): Promise<{ readonly runtime: string; readonly facts: unknown; readonly answers: readonly Readonly<Record<(typeof FORMATS)[number], Float32Array>>[] }> {
    const folders = networks.map(({ bytes, images, shape }, index) => {
      const own = join(folder(), String(index));
      mkdirSync(own);
      writeFileSync(join(own, 'rows.npy'), encodeNpy(images, shape));
      for (const format of FORMATS) {
        for (const [name, content] of Object.entries(exportModel({ kind: 'tiny-cnn', bytes, facts: { ...someFacts, name: 'it' } }, format))) {
          mkdirSync(dirname(join(own, name)), { recursive: true });
          writeFileSync(join(own, name), content);
        }
      }
      return own;
    });
    const { stdout } = await execa('python3', [SCRIPT, ...folders], { env: { PYTHONPATH: tensorflow ?? '' }, stdin: 'ignore' });
    const said = JSON.parse(stdout.split('\n').at(-1) ?? '') as { readonly runtime: string; readonly facts: unknown };
    const read = (own: string, format: string): Float32Array => {
      const { data } = decodeNpy(readFileSync(join(own, `it-${format}.default.npy`)));
      assert.ok(data instanceof Float32Array);
      return data;
    };
    return { ...said, answers: folders.map((own) => ({ tfjs: read(own, 'tfjs'), savedmodel: read(own, 'savedmodel') })) };
  }

  function assertNear(given: Float32Array, expected: ArrayLike<number>, what: string): void {
    assert.equal(given.length, expected.length, what);
    given.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? NaN)) < 1e-5, `${what}, ${i}: ${value} for ${expected[i]}`));
  }

  it('builds every web model of the zoo from its topology and shards, takes its SavedModel as a layer, and gives the same answers', async () => {
    const { tf } = await loadTensorFlow();
    const named: [string, Asked][] = [];
    for (const [name, make] of Object.entries(SMALL_NETWORKS)) {
      const model = make(tf);
      const json = model.toJSON(null, false) as JsonObject;
      const network = randomNetwork(model, 5);
      model.dispose();
      if (readTopology(json).layers.some(({ className }) => !TF_LAYERS.has(className))) continue;
      const images = randomImages(network, 3, 4);
      const expected = (await compiledAnswers(network, images)).flatMap((row) => [...row]);
      named.push([name, { bytes: encodeSavedNetwork({ topology: json, weights: network.weights, details: {} }), images: Float32Array.from(images.flatMap((image) => [...image])), shape: [images.length, ...network.topology.inputShape], expected }]);
    }
    assert.deepEqual(named.map(([name]) => name), ['cnn', 'dense-network', 'residual-cnn', 'mobilenet-v2', 'tiny-cnn 8k', 'tiny-cnn 1k', 'tiny-cnn with swish']);
    const { runtime, facts, answers } = await answersOf(named.map(([, asked]) => asked));
    assert.match(runtime, /^keras 3\./);
    assert.deepEqual(facts, { 'it-tfjs': exportMetadata({ ...someFacts, name: 'it' }) });
    for (const [index, [name, { expected }]] of named.entries()) for (const format of FORMATS) assertNear(answers[index]?.[format] ?? new Float32Array(0), expected, `${name}, ${format}`);
  });

  it('reads digits by a trained network in both forms', async () => {
    const [train, validation, asked] = [[0, 1_500], [1_500, 1_700], [2_000, 2_700]].map(([from = 0, to = 0]) => mnistSubset({ split: 'train', from, to }));
    assert.ok(train && validation && asked);
    const network = await tinyCnn.fit(train, validation, { ...tinyCnn.defaults, epochs: 8, batchSize: 50, learningRate: 0.01 }, { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined });
    const { data: expected } = await network.predictProba(asked.x);
    const { answers } = await answersOf([{ bytes: await network.save(), images: Float32Array.from(asked.x.data, (pixel) => pixel / 255), shape: [asked.x.rows, 28, 28, 1], expected }]);
    network.dispose();
    for (const format of FORMATS) {
      const data = answers[0]?.[format] ?? assert.fail(format);
      assertNear(data, expected, format);
      const right = argmaxRows({ rows: asked.x.rows, columns: 10, data }).filter((label, row) => label === asked.labels[row]).length / asked.x.rows;
      assert.ok(right > 0.7, `${format}: right on ${right}`);
    }
  });
});
