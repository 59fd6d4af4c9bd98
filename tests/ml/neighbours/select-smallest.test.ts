import assert from 'node:assert/strict';
import { selectSmallest } from '../../../ml/neighbours/select-smallest.js';
import { createRandom } from '../../../ml/random.js';

describe('selectSmallest', () => {
  it('brings the k smallest to the front with their companions, whatever repeats', () => {
    const random = createRandom(1);
    for (let round = 0; round < 300; round++) {
      const count = 1 + random.integer(60);
      const k = 1 + random.integer(count);
      const original = Float32Array.from({ length: count + 5 }, () => random.integer(1 + random.integer(40)));
      const values = original.slice();
      const companions = Int32Array.from(values.keys());
      const kth = selectSmallest(values, companions, count, k);
      const sorted = original.slice(0, count).sort();
      assert.equal(kth, sorted[k - 1]);
      assert.deepEqual(values.slice(0, k).sort(), sorted.slice(0, k));
      assert.deepEqual(values.slice(count), original.slice(count), 'what lies beyond is left alone');
      companions.forEach((companion, i) => assert.equal(values[i], original[companion]));
      assert.equal(new Set(companions).size, companions.length);
    }
  });
});
