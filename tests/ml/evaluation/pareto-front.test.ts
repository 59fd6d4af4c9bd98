import assert from 'node:assert/strict';
import { paretoFront } from '../../../ml/evaluation/pareto-front.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidDataError } from '../../../shared/errors.js';

describe('paretoFront', () => {
  it('keeps what no other point beats, in the order in which points came', () => {
    assert.deepEqual(paretoFront([[3, 1], [1, 3], [2, 2], [3, 2], [2, 3], [4, 4]]), [0, 1, 2]);
  });

  it('lets a point go that is as good in one cost and worse in the other', () => {
    assert.deepEqual(paretoFront([[1, 2], [1, 1], [2, 1]]), [1]);
  });

  it('keeps points together that are equal in every cost', () => {
    assert.deepEqual(paretoFront([[2, 2], [1, 1], [1, 1]]), [1, 2]);
  });

  it('lets a third cost save a point that two others condemn', () => {
    assert.deepEqual(paretoFront([[1, 1], [2, 2]]), [0]);
    assert.deepEqual(paretoFront([[1, 1, 5], [2, 2, 4]]), [0, 1]);
  });

  it('takes no point, one, and one that costs without limit', () => {
    assert.deepEqual(paretoFront([]), []);
    assert.deepEqual(paretoFront([[7]]), [0]);
    assert.deepEqual(paretoFront([[Infinity, 1], [Infinity, 2], [1, Infinity]]), [0, 2]);
  });

  it('covers every random point by one of the front, and no point of the front by another', () => {
    const random = createRandom(7);
    const points = Array.from({ length: 300 }, () => Array.from({ length: 3 }, () => random.integer(12)));
    const front = paretoFront(points);
    const covers = (a: readonly number[], b: readonly number[]): boolean => a.every((cost, i) => cost <= (b[i] ?? NaN));
    for (const point of points) assert.ok(front.some((index) => covers(points[index] ?? [], point)), `(${point.join()}) is covered by none`);
    for (const index of front) {
      const own = points[index] ?? [];
      assert.ok(points.every((other) => !covers(other, own) || other.join() === own.join()), `(${own.join()}) is beaten`);
    }
  });

  it('refuses points of different lengths, of no length and with NaN', () => {
    assert.throws(() => paretoFront([[1, 2], [1]]), new InvalidDataError('Pareto front: point 1 is (1); expected 2 numbers, as the first has.'));
    assert.throws(() => paretoFront([[]]), InvalidDataError);
    assert.throws(() => paretoFront([[1, 2], [NaN, 1]]), InvalidDataError);
  });
});
