import { strict as assert } from 'node:assert';
import { rungsOf } from '../../../workflows/search/rungs.js';

const amounts = (of: Parameters<typeof rungsOf>[0], all = 50_000): (number | undefined)[] => rungsOf(of, all).map(({ resource }) => resource);

describe('the rungs of a search', () => {
  it('grow by the reduction from the least to the most', () => {
    assert.deepEqual(amounts({ resource: { of: 'rounds', min: 3, max: 81 }, reduction: 3 }), [3, 9, 27, 81]);
    assert.deepEqual(amounts({ resource: { of: 'epochs', min: 1, max: 16 }, reduction: 4 }), [1, 4, 16]);
  });

  it('end at the most, whatever the distance to the rung below, and leave out one that would cost nearly as much', () => {
    assert.deepEqual(amounts({ resource: { of: 'rounds', min: 3, max: 60 }, reduction: 3 }), [3, 9, 27, 60]);
    assert.deepEqual(amounts({ resource: { of: 'rounds', min: 3, max: 30 }, reduction: 3 }), [3, 9, 30]);
  });

  it('of rows go up to all training rows, and never beyond', () => {
    assert.deepEqual(amounts({ resource: { of: 'rows', min: 2_000 }, reduction: 5 }), [2_000, 10_000, 50_000]);
    assert.deepEqual(amounts({ resource: { of: 'rows', min: 1_000, max: 60_000 }, reduction: 10 }, 5_000), [1_000, 5_000]);
    assert.deepEqual(amounts({ resource: { of: 'rows', min: 1_000 }, reduction: 3 }, 800), [800]);
  });

  it('are one where a search has no resource', () => {
    assert.deepEqual(rungsOf({ reduction: 3 }, 100), [{}]);
  });
});
