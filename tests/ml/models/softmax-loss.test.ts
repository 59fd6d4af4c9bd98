import assert from 'node:assert/strict';
import { softmaxLoss } from '../../../ml/models/softmax-loss.js';
import { createRandom } from '../../../ml/random.js';

describe('the softmax loss', () => {
  const random = createRandom(1);
  for (const rows of [1, 2, 63, 64, 65, 129]) { // around the kernel's tile of two and block of 64
    const stride = 4;
    const x = { rows, stride, data: Float32Array.from({ length: rows * stride }, () => random.normal()) };
    const labels = Uint8Array.from({ length: rows }, () => random.integer(10));
    const weights = Float64Array.from({ length: stride * 10 }, () => random.normal());

    it(`is the mean cross-entropy of ${rows} rows`, () => {
      let expected = 0;
      for (let row = 0; row < rows; row++) {
        const scores = Array.from({ length: 10 }, (_, k) =>
          [0, 1, 2, 3].reduce((sum, j) => sum + (x.data[row * stride + j] ?? 0) * (weights[j * 10 + k] ?? 0), 0));
        expected += Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - (scores[labels[row] ?? 0] ?? 0);
      }
      assert.ok(Math.abs(softmaxLoss(x, labels, weights, new Float64Array(stride * 10)) - expected / rows) < 1e-10);
    });

    it(`has the gradient that finite differences of ${rows} rows give`, () => {
      const gradient = new Float64Array(stride * 10).fill(7);
      softmaxLoss(x, labels, weights, gradient);
      const unused = new Float64Array(stride * 10);
      for (let i = 0; i < weights.length; i++) {
        const [up, down] = [1e-5, -1e-5].map((step) => {
          const moved = weights.slice();
          moved[i] = (moved[i] ?? 0) + step;
          return softmaxLoss(x, labels, moved, unused);
        }) as [number, number];
        assert.ok(Math.abs((gradient[i] ?? 0) - (up - down) / 2e-5) < 1e-8, `weight ${i}: ${gradient[i]}, by differences ${(up - down) / 2e-5}`);
      }
    });
  }

  it('stays finite for scores of a thousand', () => {
    const x = { rows: 1, stride: 2, data: Float32Array.of(1, 0) };
    const weights = Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? i * 1_000 : 0));
    assert.equal(softmaxLoss(x, Uint8Array.of(8), weights, new Float64Array(20)), 1_000);
  });
});
