import assert from 'node:assert/strict';
import { mixInTeacher } from '../../../ml/training/training-rows.js';

describe('soft targets', () => {
  it('take their share of the targets of the rows in a batch', () => {
    const probabilities = { rows: 3, columns: 2, data: Float32Array.of(0.5, 0.5, 0.25, 0.75, 1, 0) };
    const targets = Float32Array.of(1, 0, 0, 1);
    mixInTeacher(targets, Uint32Array.of(0, 2, 1), 1, { probabilities, share: 0.5 });
    assert.deepEqual(Array.from(targets), [1, 0, 0.125, 0.875]);
  });
});
