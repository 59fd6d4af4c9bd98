import assert from 'node:assert/strict';
import { simplexWeights } from '../../../ml/ensembles/simplex-weights.js';

const options = { maxIterations: 100_000, tolerance: 1e-9 };

describe('the weights of a mixture', () => {
  it('are the known ones of two components', async () => {
    // -log(0.8 w + 0.4 (1 - w)) once and -log(0.2 w + 0.4 (1 - w)) once: the sum of 0.4 / (0.4 + 0.4 w) and -0.2 / (0.4 - 0.2 w) is 0 at w = 1/2.
    const { weights, loss, gap } = await simplexWeights([Float64Array.of(0.8, 0.2), Float64Array.of(0.4, 0.4)], options);
    assert.ok(Math.abs((weights[0] ?? 0) - 0.5) < 1e-3, `${weights.join(' ')}`);
    assert.ok(Math.abs(loss + (Math.log(0.6) + Math.log(0.3)) / 2) < 1e-8 && gap <= 1e-9);
  });

  it('leave the simplex on no side: who is worse everywhere gets nothing', async () => {
    const { weights } = await simplexWeights([Float64Array.of(0.9, 0.8, 0.7), Float64Array.of(0.5, 0.4, 0.3)], options);
    assert.ok(weights.every((weight) => weight >= 0) && Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12);
    assert.ok((weights[1] ?? 1) < 1e-6, weights.join(' '));
  });

  it('end at the iterations allowed, and say how much less the loss can be', async () => {
    const own = [Float64Array.of(0.9, 0.1, 0.6), Float64Array.of(0.2, 0.9, 0.3)];
    const early = await simplexWeights(own, { maxIterations: 2, tolerance: 1e-12 });
    const late = await simplexWeights(own, options);
    assert.equal(early.iterations, 2);
    assert.ok(early.loss - late.loss > 0 && early.loss - late.loss <= early.gap, `${early.loss} ${late.loss} ${early.gap}`);
  });
});
