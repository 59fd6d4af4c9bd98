import assert from 'node:assert/strict';
import { pruneByMagnitude, PRUNING_SCOPES } from '../../../../ml/compression/training/prune-by-magnitude.js';
import { cubicSparsity } from '../../../../ml/compression/training/pruning-engine.js';
import { createRandom } from '../../../../ml/random.js';

const pruned = (scope: (typeof PRUNING_SCOPES)[number], sparsity: number, ...kernels: number[][]): number[][] => {
  const arrays = kernels.map((kernel) => Float32Array.from(kernel));
  pruneByMagnitude(arrays, sparsity, scope);
  return arrays.map((array) => Array.from(array));
};

describe('pruning by magnitude', () => {
  it('takes the smallest of each kernel, of all, or by their part in their kernel', () => {
    const [large, small] = [[4, -8, 2.5, 16], [0.5, -0.25, 1, 2]];
    assert.deepEqual(pruned('layer', 0.5, large, small), [[0, -8, 0, 16], [0, 0, 1, 2]]);
    assert.deepEqual(pruned('global', 0.5, large, small), [[4, -8, 2.5, 16], [0, 0, 0, 0]]);
    // The scores are those of a kernel times any number: both halve.
    assert.deepEqual(pruned('lamp', 0.5, large, small), [[0, -8, 0, 16], [0, 0, 1, 2]]);
    // 3 of 3, 3, 3 is a third of its kernel's squares, 1 of 1, 9 a tenth.
    assert.deepEqual(pruned('lamp', 0.2, [3, 3.1, 3.2], [1, 3]), [[3, 3.1, 3.2].map(Math.fround), [0, 3]]);
  });

  for (const scope of PRUNING_SCOPES) {
    it(`prunes exactly so many, what is 0 already among them (${scope})`, () => {
      const random = createRandom(1);
      const kernels = [Float32Array.from({ length: 60 }, () => random.normal()), Float32Array.from({ length: 40 }, () => Math.round(random.normal()))];
      const zeros = (): number => kernels.reduce((sum, kernel) => sum + kernel.filter((value) => value === 0).length, 0);
      const before = kernels.map((kernel) => kernel.map((value) => (value === 0 ? 1 : 0)));
      for (const sparsity of [0.3, 0.5, 0.95]) {
        pruneByMagnitude(kernels, sparsity, scope);
        assert.equal(zeros(), 100 * sparsity);
      }
      before.forEach((were, index) => were.forEach((was, i) => assert.ok(was === 0 || kernels[index]?.[i] === 0)));
    });
  }

  it('rises fast at first and reaches the sparsity', () => {
    assert.equal(cubicSparsity(0.9, 0), 0);
    assert.equal(cubicSparsity(0.8, 0.5), 0.8 * 0.875);
    assert.equal(cubicSparsity(0.95, 1), 0.95);
  });
});
