import assert from 'node:assert/strict';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

describe('Initializers', () => {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  const draw = (seed: number): number[][] => {
    const { he, heDepthwise, glorot, normal } = createInitializers(tf, seed);
    return tf.tidy(() => [he(), heDepthwise(3), glorot(), normal(0.1), he()].map((initializer) => [...initializer.apply([3, 3, 8, 8]).dataSync()]));
  };
  const deviation = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it('give the same numbers for the same seed and others for another', () => {
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it('give other numbers at every call', () => {
    const [first, , , , last] = draw(0);
    assert.notDeepEqual(first, last);
  });

  it('scale with the inputs of a kernel', () => {
    const cut = 0.8796; // deviation of a standard normal distribution that is cut at two
    const expected = [Math.sqrt(2 / 72), Math.sqrt(2 / 9), Math.sqrt(1 / 72), 0.1].map((whole) => whole * cut);
    draw(3).slice(0, 4).forEach((values, i) => {
      const ratio = deviation(values) / (expected[i] ?? Number.NaN);
      assert.ok(ratio > 0.9 && ratio < 1.1, `initializer ${i}: ${ratio} of the expected deviation`);
    });
  });
});
