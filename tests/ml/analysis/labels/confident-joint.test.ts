import assert from 'node:assert/strict';
import { confidentJoint } from '../../../../ml/analysis/labels/confident-joint.js';
import type { Matrix } from '../../../../ml/matrix.js';

describe('the confident joint', () => {
  const thresholds = Float64Array.of(0.25, 0.25, 0.9);
  const rows = (...data: number[]): Matrix<Float32Array> => ({ rows: data.length / 3, columns: 3, data: Float32Array.from(data) });

  it('counts a row that reaches several thresholds as its most probable class', () => {
    const { counts, suspects } = confidentJoint(rows(0.3, 0.6, 0.1, 0.6, 0.3, 0.1), Uint8Array.of(0, 0), thresholds);
    assert.deepEqual([...counts], [1, 1, 0, 0, 1, 0, 0, 0, 1]);
    assert.deepEqual(suspects, [0]);
  });

  it('counts a row that reaches one threshold as that class, though another is more probable', () => {
    const { counts, suspects } = confidentJoint(rows(0.05, 0.3, 0.65), Uint8Array.of(2), thresholds);
    assert.equal(counts[2 * 3 + 1], 1);
    assert.deepEqual(suspects, [0]);
  });

  it('leaves out a row that reaches none, and forgives rounding', () => {
    assert.deepEqual(confidentJoint(rows(0.1, 0.2, 0.7), Uint8Array.of(0), thresholds).suspects, []);
    assert.deepEqual(confidentJoint(rows(0.1, 0.2499995, 0.65), Uint8Array.of(0), thresholds).suspects, [0]);
  });
});
