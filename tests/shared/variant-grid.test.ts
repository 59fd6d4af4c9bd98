import assert from 'node:assert/strict';
import type { CompressionSearchConfig } from '../../shared/compression.js';
import { variantGrid } from '../../shared/variant-grid.js';

describe('the plans of a search', () => {
  const search: CompressionSearchConfig = { of: 'net', grid: { keep: [1, 0.5], sparsity: [0, 0.825], weights: [32, 4] }, budget: 60, epochs: { first: 1, full: 6 }, recipe: { learningRate: 0.002 } };
  const named = (more: Partial<CompressionSearchConfig>): string[] => variantGrid({ ...search, ...more }).map(({ name }) => name);

  it('are all combinations in the order of the axes, but the one that does nothing', () => {
    assert.deepEqual(named({}), ['net-w4', 'net-s82p5', 'net-s82p5-w4', 'net-k50', 'net-k50-w4', 'net-k50-s82p5', 'net-k50-s82p5-w4']);
    assert.deepEqual(variantGrid(search).at(-1)?.plan, {
      of: 'net', epochs: 6, channels: { keep: 0.5 }, prune: { sparsity: 0.825 }, quantize: { weights: 4, activations: 8 }, recipe: { learningRate: 0.002 },
    });
    assert.deepEqual(variantGrid({ ...search, grid: { clusters: [16] }, distil: { teacher: 'big' } }).map(({ plan }) => plan), [{ of: 'net', epochs: 6, cluster: { clusters: 16 }, distil: { teacher: 'big' }, recipe: { learningRate: 0.002 } }]);
  });

  it('are no more than the budget, spread over the grid', () => {
    assert.deepEqual(named({ budget: 3 }), ['net-w4', 'net-k50', 'net-k50-s82p5-w4']);
    assert.deepEqual(named({ budget: 1 }), ['net-w4']);
  });

  it('are none where nothing is varied', () => {
    assert.deepEqual([named({ grid: {} }), named({ grid: { keep: [1], weights: [32] } })], [[], []]);
  });
});
