import assert from 'node:assert/strict';
import { backOffMs } from '../../infra/stack/back-off.js';

describe('back-off', () => {
  it('doubles from one second and never exceeds thirty', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 1000].map(backOffMs), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });
});
