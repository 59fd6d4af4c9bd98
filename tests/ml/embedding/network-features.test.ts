import assert from 'node:assert/strict';
import { networkFeatures } from '../../../ml/embedding/network-features.js';
import { encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { model } from '../../../ml/models/cnn.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';

describe('networkFeatures', () => {
  it('are what the last layer makes the probabilities of', async () => {
    const { tf } = await loadTensorFlow();
    const network = cnn.build(tf, 28, { filters: [[4]], hidden: 6, dropout: 0.5 }, createInitializers(tf, 1));
    const bytes = encodeLayersModel(network, {});
    const { x } = toyDigits({ rows: 300, seed: 1 });
    const features = await networkFeatures(bytes, x);
    assert.deepEqual([features.rows, features.columns], [300, 6]);
    const classifier = await model.load(bytes, nativePaths());
    const { data: proba } = await classifier.predictProba(x);
    const [kernel, bias] = network.weights.slice(-2).map((weight) => weight.read().dataSync()) as [Float32Array, Float32Array];
    for (const row of [0, 255, 256, 299]) {
      const scores = Array.from({ length: 10 }, (_, label) => Math.exp((bias[label] ?? NaN) + [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + (features.data[6 * row + i] ?? NaN) * (kernel[10 * i + label] ?? NaN), 0)));
      const total = scores.reduce((sum, score) => sum + score, 0);
      scores.forEach((score, label) => assert.ok(Math.abs(score / total - (proba[10 * row + label] ?? NaN)) < 1e-5, `row ${row}, class ${label}`));
    }
    classifier.dispose();
    network.dispose();
  });

  it('refuse a network that has learnt nothing before its last layer, and foreign bytes', async () => {
    const { tf } = await loadTensorFlow();
    const shallow = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: 10, activation: 'softmax' })] });
    const { x } = toyDigits({ rows: 2, seed: 1 });
    await assert.rejects(networkFeatures(encodeLayersModel(shallow, {}), x), InvalidModelError);
    await assert.rejects(networkFeatures(Uint8Array.of(1, 2, 3), x), InvalidModelError);
    shallow.dispose();
  });
});
