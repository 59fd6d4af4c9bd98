import assert from 'node:assert/strict';
import { initialWeights } from '../../../ml/training/initial-weights.js';

describe('initialWeights', () => {
  const weights = initialWeights([[3, 3, 4, 200], [200], [100, 50], [50]], 9);
  const deviation = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it('draws kernels as wide as their inputs ask for (He), the last one by 1 / inputs, and biases zero', () => {
    const cut = 0.88; // the deviation of a normal distribution that is cut at two
    assert.ok(Math.abs(deviation(weights.subarray(0, 7200)) / (cut * Math.sqrt(2 / 36)) - 1) < 0.03);
    assert.ok(weights.subarray(7200, 7400).every((value) => value === 0));
    assert.ok(Math.abs(deviation(weights.subarray(7400, 12_400)) / (cut * Math.sqrt(1 / 100)) - 1) < 0.03);
    assert.ok(weights.subarray(12_400).every((value) => value === 0));
  });

  it('follows from the seed', () => {
    assert.deepEqual(initialWeights([[5, 5]], 1), initialWeights([[5, 5]], 1));
    assert.notDeepEqual(initialWeights([[5, 5]], 1), initialWeights([[5, 5]], 2));
  });
});
