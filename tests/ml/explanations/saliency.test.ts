import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { inputGradients } from '../../../ml/explanations/input-gradients.js';
import { saliency } from '../../../ml/explanations/saliency.js';
import { classScores, scoreDifferences } from '../../../ml/explanations/score-weights.js';
import { scoredNetwork } from '../../../ml/explanations/scored-network.js';
import type { ScoredNetwork } from '../../../ml/explanations/scored-network.js';
import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { seedWeights } from '../../support/seeded-weights.js';

const SIDE = 8;
const AREA = SIDE * SIDE;

describe('saliency', () => {
  let tf: TensorFlow;
  let model: tfTypes.LayersModel;
  let network: ScoredNetwork;
  const random = createRandom(4);
  const images: Matrix<Float32Array> = { rows: 2, columns: AREA, data: Float32Array.from({ length: 2 * AREA }, () => random.uniform()) };

  before(async () => {
    ({ tf } = await loadTensorFlow());
    model = tf.sequential({
      layers: [
        // Smooth ones, whose finite differences have no kinks.
        tf.layers.conv2d({ inputShape: [SIDE, SIDE, 1], filters: 4, kernelSize: 3, activation: 'tanh' }),
        tf.layers.averagePooling2d({ poolSize: 2 }),
        tf.layers.flatten(),
        tf.layers.dropout({ rate: 0.5 }),
        tf.layers.dense({ units: 10, activation: 'softmax' }),
      ],
    });
    seedWeights(tf, model, 3);
    network = scoredNetwork(tf, model);
  });
  after(() => model.dispose());

  it('has the gradients that finite differences of the asked scores have, each image its own', () => {
    const weights = scoreDifferences([3, 7], [5, 1], 10);
    const gradients = inputGradients(tf, network, images, weights);
    const EPSILON = 0.02;
    for (const row of [0, 1]) {
      for (let pixel = 0; pixel < AREA; pixel++) {
        const [up, down] = [EPSILON, -EPSILON].map((change) => asked(moved(row, pixel, change), weights.data)[row] ?? NaN);
        const difference = ((up ?? NaN) - (down ?? NaN)) / (2 * EPSILON);
        assert.ok(Math.abs(difference - (gradients.data[row * AREA + pixel] ?? NaN)) < 2e-4, `row ${row}, pixel ${pixel}`);
      }
    }
  });

  it('is the size of the gradient of one score, whatever its sign, and no batch changes it', () => {
    const weights = classScores([3, 7], 10);
    const { data } = inputGradients(tf, network, images, weights);
    const both = saliency(tf, network, images, weights);
    assert.deepEqual(both.data, data.map(Math.abs));
    assert.ok(data.some((value) => value < -0.01) && data.some((value) => value > 0.01));
    const second = saliency(tf, network, { rows: 1, columns: AREA, data: images.data.slice(AREA) }, classScores([7], 10));
    second.data.forEach((value, i) => assert.ok(Math.abs(value - (both.data[AREA + i] ?? NaN)) < 1e-6));
  });

  it('explains the scores of which the network makes its probabilities', () => {
    const x = tf.tensor4d(images.data, [2, SIDE, SIDE, 1]);
    const [made, given] = [tf.softmax(network.scores(x)), model.predict(x) as tfTypes.Tensor].map((each) => each.dataSync());
    made?.forEach((value, i) => assert.ok(Math.abs(value - (given?.[i] ?? NaN)) < 1e-6, `${i}`));
    x.dispose();
  });

  it('leaves no tensor behind, and is the same again', () => {
    const before = tf.memory().numTensors;
    const once = saliency(tf, network, images, classScores([0, 1], 10));
    assert.deepEqual(saliency(tf, network, images, classScores([0, 1], 10)), once);
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuses images of another size', () => {
    assert.throws(() => saliency(tf, network, { rows: 1, columns: 9, data: new Float32Array(9) }, classScores([0], 10)), InvalidModelError);
  });

  it('takes the scores before a softmax layer, too, and refuses networks that end in another way or see other images', () => {
    const tail = (last: tfTypes.layers.Layer, inputShape = [SIDE, SIDE, 1]): tfTypes.LayersModel => tf.sequential({ layers: [tf.layers.flatten({ inputShape }), tf.layers.dense({ units: 10 }), last] });
    const apart = tail(tf.layers.softmax());
    const joined = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [SIDE, SIDE, 1] }), tf.layers.dense({ units: 10, activation: 'softmax' })] });
    for (const each of [apart, joined]) seedWeights(tf, each, 5);
    const [one, other] = [apart, joined].map((each) => saliency(tf, scoredNetwork(tf, each), images, classScores([2, 4], 10)));
    assert.deepEqual(one, other);
    assert.throws(() => scoredNetwork(tf, tail(tf.layers.reLU())), (error) => error instanceof InvalidModelError && /ends in ReLU/.test(error.message));
    assert.throws(() => scoredNetwork(tf, tail(tf.layers.softmax(), [SIDE, SIDE, 3])), (error) => error instanceof InvalidModelError && /takes \[, 8, 8, 3\]/.test(error.message));
  });

  function moved(row: number, pixel: number, change: number): Float32Array {
    const data = images.data.slice();
    data[row * AREA + pixel] = (data[row * AREA + pixel] ?? NaN) + change;
    return data;
  }

  function asked(data: Float32Array, weights: Float32Array): number[] {
    const scores = tf.tidy(() => network.scores(tf.tensor4d(data, [2, SIDE, SIDE, 1])).dataSync() as Float32Array);
    return [0, 1].map((row) => scores.slice(10 * row, 10 * row + 10).reduce((sum, score, i) => sum + score * (weights[10 * row + i] ?? NaN), 0));
  }
});
