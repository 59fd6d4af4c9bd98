import assert from 'node:assert/strict';
import { brierScore } from '../../../ml/evaluation/brier-score.js';

describe('the Brier score', () => {
  it('is the squared distance to the truth, summed over classes and averaged over rows', () => {
    const data = Float32Array.of(0.5, 0.25, 0.25, 0, 1, 0, 0, 0, 1);
    assert.equal(brierScore({ rows: 3, columns: 3, data }, Uint8Array.of(0, 1, 0)), (0.25 + 0.0625 + 0.0625 + 0 + 2) / 3);
    assert.equal(brierScore({ rows: 0, columns: 3, data: new Float32Array(0) }, new Uint8Array(0)), 0);
  });
});
