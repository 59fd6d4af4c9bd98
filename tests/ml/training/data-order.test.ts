import assert from 'node:assert/strict';
import { dataOrder } from '../../../ml/training/data-order.js';

describe('dataOrder', () => {
  it('visits every row once', () => {
    assert.deepEqual([...dataOrder(3, 0, 100)].sort((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
  });

  it('follows from seed and epoch', () => {
    assert.deepEqual(dataOrder(3, 1, 50), dataOrder(3, 1, 50));
    assert.notDeepEqual(dataOrder(3, 1, 50), dataOrder(3, 2, 50));
    assert.notDeepEqual(dataOrder(3, 1, 50), dataOrder(4, 1, 50));
  });
});
