import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { gradCam } from '../../../ml/explanations/grad-cam.js';
import { integratedGradients } from '../../../ml/explanations/integrated-gradients.js';
import { lastMapLayer } from '../../../ml/explanations/last-map-layer.js';
import { saliency } from '../../../ml/explanations/saliency.js';
import { classScores, scoreDifferences } from '../../../ml/explanations/score-weights.js';
import { scoredNetwork } from '../../../ml/explanations/scored-network.js';
import type { LabelledMatrix, Matrix } from '../../../ml/matrix.js';
import { asFloats } from '../../../ml/models/as-floats.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { seedWeights } from '../../support/seeded-weights.js';

const SIDE = 28;
const AREA = SIDE * SIDE;
const PATCH = 6;
/** Ink further than this from the corner says nothing of the class: a patch and what a 3 x 3 kernel twice and a pool see around it. */
const NEAR = 11;
const AREA_NEAR = (NEAR / SIDE) ** 2;

describe('what explains a network whose class is decided by one corner', function () {
  this.timeout(60_000);
  let tf: TensorFlow;
  let model: tfTypes.LayersModel;
  const test = cornered(12, 9);
  const answers = [...test.labels];

  before(async () => {
    ({ tf } = await loadTensorFlow());
    const { conv2d, maxPooling2d, globalAveragePooling2d, dense } = tf.layers;
    model = tf.sequential({
      layers: [
        conv2d({ inputShape: [SIDE, SIDE, 1], filters: 8, kernelSize: 3, activation: 'relu' }), maxPooling2d({ poolSize: 2 }),
        conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }), globalAveragePooling2d({}), dense({ units: 2, activation: 'softmax' }),
      ],
    });
    seedWeights(tf, model, 1);
    const train = cornered(240, 1);
    const [x, y] = [tensorOf(train.x), tf.oneHot(tf.tensor1d(train.labels, 'int32'), 2)];
    const optimizer = tf.train.adam(0.02);
    model.compile({ optimizer, loss: 'categoricalCrossentropy' });
    await model.fit(x, y, { epochs: 30, batchSize: 20, shuffle: false, verbose: 0 });
    const answered = tf.tidy(() => tf.argMax(model.predict(tensorOf(test.x)) as tfTypes.Tensor, 1).dataSync());
    assert.deepEqual([...answered], answers, 'the patch is not learnt');
  });
  after(() => model.dispose());

  it('lights the corner of the images that have the patch, and of no other: saliency and Grad-CAM', () => {
    const layer = lastMapLayer(model) ?? assert.fail('the network has no map');
    const asked = classScores(answers, 2);
    const pictures = { saliency: saliency(tf, scoredNetwork(tf, model), test.x, asked), 'Grad-CAM': gradCam(tf, scoredNetwork(tf, model), layer, test.x, asked) };
    for (const [name, { data }] of Object.entries(pictures)) {
      for (const [row, share] of near(data).entries()) assert.ok(answers[row] === 1 ? share > 2 * AREA_NEAR : share < AREA_NEAR, `${name}, image ${row}: ${share}`);
    }
  });

  it('finds the ink of the patch, and that it speaks for its class: integrated gradients', () => {
    const { data } = integratedGradients(tf, scoredNetwork(tf, model), test.x, scoreDifferences(answers, answers.map((label) => 1 - label), 2));
    const shares = near(data.map(Math.abs));
    for (const [row, label] of answers.entries()) {
      if (label === 0) continue;
      assert.ok((shares[row] ?? 0) > 2 * AREA_NEAR, `image ${row}: ${shares[row]}`);
      const patch = Array.from({ length: PATCH * PATCH }, (_, i) => data[row * AREA + Math.floor(i / PATCH) * SIDE + (i % PATCH)] ?? NaN);
      assert.ok(patch.reduce((sum, part) => sum + part, 0) > 0, `the patch of image ${row} speaks against its class`);
    }
  });

  function tensorOf(images: Matrix): tfTypes.Tensor4D {
    return tf.tensor4d(asFloats(images).data, [images.rows, SIDE, SIDE, 1]);
  }
});

/** Solid blots anywhere but near the corner; odd rows have a striped patch in the upper left corner and are ones, the others zeros. */
function cornered(rows: number, seed: number): LabelledMatrix & { readonly x: Matrix<Uint8Array> } {
  const random = createRandom(seed);
  const data = new Uint8Array(rows * AREA);
  const blot = (row: number, top: number, left: number, stripe: number): void => {
    for (let y = top; y < top + PATCH; y += stripe) data.fill(150 + random.integer(100), row * AREA + y * SIDE + left, row * AREA + y * SIDE + left + PATCH);
  };
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < 4; i++) blot(row, random.integer(SIDE - PATCH), NEAR + random.integer(SIDE - PATCH - NEAR), 1);
    if (row % 2 === 1) blot(row, 0, 0, 2);
  }
  return { x: { rows, columns: AREA, data }, labels: Uint8Array.from({ length: rows }, (_, row) => row % 2) };
}

/** The share of each picture that lies near the corner. */
function near(pictures: Float32Array): number[] {
  return Array.from({ length: pictures.length / AREA }, (_, row) => {
    let [inside, all] = [0, 0];
    for (let i = 0; i < AREA; i++) {
      const value = pictures[row * AREA + i] ?? NaN;
      all += value;
      if (i % SIDE < NEAR && i < NEAR * SIDE) inside += value;
    }
    return inside / all;
  });
}
