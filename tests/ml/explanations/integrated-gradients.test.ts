import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { integratedGradients } from '../../../ml/explanations/integrated-gradients.js';
import { classScores, scoreDifferences } from '../../../ml/explanations/score-weights.js';
import { scoredNetwork } from '../../../ml/explanations/scored-network.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { toyDigits } from '../../support/digits.js';
import { seedWeights } from '../../support/seeded-weights.js';

describe('integratedGradients', function () {
  this.timeout(60_000);
  let tf: TensorFlow;
  let model: tfTypes.LayersModel;
  const { x } = toyDigits({ rows: 3, seed: 2 });
  const weights = scoreDifferences([0, 1, 2], [9, 8, 7], 10);

  before(async () => {
    ({ tf } = await loadTensorFlow());
    model = cnn.build(tf, 28, { ...cnn.defaults, filters: [[4], [8]], hidden: 12 }, createInitializers(tf, 1));
    seedWeights(tf, model, 6);
  });
  after(() => model.dispose());

  it('add up to the score less that of an empty image', () => {
    const network = scoredNetwork(tf, model);
    const { data } = integratedGradients(tf, network, x, weights);
    const scores = (pixels: ArrayLike<number>): Float32Array => tf.tidy(() => network.scores(tf.tensor4d(Float32Array.from(pixels, (ink) => ink / 255), [3, 28, 28, 1])).dataSync() as Float32Array);
    const [full, empty] = [scores(x.data), scores(new Uint8Array(3 * 784))];
    for (const row of [0, 1, 2]) {
      const change = Array.from({ length: 10 }, (_, i) => (weights.data[10 * row + i] ?? NaN) * ((full[10 * row + i] ?? NaN) - (empty[10 * row + i] ?? NaN))).reduce((sum, part) => sum + part, 0);
      const sum = data.slice(784 * row, 784 * row + 784).reduce((total, part) => total + part, 0);
      assert.ok(Math.abs(change) > 0.1, `the score of image ${row} hardly changes: ${change}`);
      assert.ok(Math.abs(sum - change) < 0.03 * Math.abs(change), `image ${row}: ${sum} for ${change}`);
    }
  });

  it('are those of a plain sum where the network is one', () => {
    const linear = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: 10, activation: 'softmax' })] });
    seedWeights(tf, linear, 1);
    const kernel = linear.getWeights()[0]?.dataSync() ?? [];
    const { data } = integratedGradients(tf, scoredNetwork(tf, linear), x, classScores([4, 4, 4], 10), { steps: 2 });
    data.forEach((value, i) => assert.ok(Math.abs(value - ((x.data[i] ?? NaN) / 255) * (kernel[10 * (i % 784) + 4] ?? NaN)) < 1e-5, `pixel ${i}`));
    linear.dispose();
  });

  it('are the same again, tell of every image and leave no tensor behind', () => {
    const network = scoredNetwork(tf, model);
    const before = tf.memory().numTensors;
    const done: number[] = [];
    const once = integratedGradients(tf, network, x, weights, { onImage: (images) => done.push(images) });
    assert.deepEqual(integratedGradients(tf, network, x, weights), once);
    assert.deepEqual(done, [1, 2, 3]);
    assert.equal(tf.memory().numTensors, before);
  });
});
