import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitIsotonic, isotonicAt } from '../../../ml/calibration/isotonic-curve.js';

describe('an isotonic curve', () => {
  it('pools the violators of a row of numbers, as done by hand', () => {
    // 1, then 3 and 2 pool to 2.5, then 4, then 6, 5, 4 pool to 5.
    const { x, y } = fitIsotonic([1, 2, 3, 4, 5, 6, 7], [1, 3, 2, 4, 6, 5, 4]);
    assert.deepEqual([[...x], [...y]], [[1, 2, 3, 4, 5, 7], [1, 2.5, 2.5, 4, 5, 5]]);
  });

  it('goes back as far as needed: a low last value pulls all pools together', () => {
    const { x, y } = fitIsotonic([1, 2, 3, 4], [2, 3, 4, -5]);
    assert.deepEqual([[...x], [...y]], [[1, 4], [1, 1]]);
  });

  it('takes rows in any order, and those of equal x as one of their mean', () => {
    const { x, y } = fitIsotonic([2, 1, 2, 1, 3], [1, 0, 0, 1, 1]);
    assert.deepEqual([[...x], [...y]], [[1, 2, 3], [0.5, 0.5, 1]]);
  });

  it('is a line between knots and constant beyond the ends', () => {
    const curve = fitIsotonic([1, 3], [0, 1]);
    assert.deepEqual([0, 1, 1.5, 2, 3, 9].map((at) => isotonicAt(curve, at)), [0, 0, 0.25, 0.5, 1, 1]);
    assert.equal(isotonicAt(fitIsotonic([5], [0.3]), 7), 0.3);
  });

  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 40 });

  it('never falls, stays within the values, and keeps their sum', () => {
    fc.assert(fc.property(rows, (given) => {
      const [x, y] = [given.map(([at]) => at), given.map(([, value]) => value)];
      const curve = fitIsotonic(x, y);
      const fitted = x.map((at) => isotonicAt(curve, at));
      const grid = Array.from({ length: 60 }, (_, i) => isotonicAt(curve, i / 4 - 1));
      assert.ok(grid.every((value, i) => value >= 0 && value <= 1 && (i === 0 || value >= (grid[i - 1] ?? 0) - 1e-12)));
      assert.ok(Math.abs(fitted.reduce((sum, value) => sum + value, 0) - y.reduce((sum, value) => sum + value, 0)) < 1e-9);
    }));
  });

  it('is the nearest of all non-decreasing values: the min-max formula gives the same', () => {
    // max over a <= i of min over b >= i of the mean of y[a..b] (Robertson, Wright and Dykstra 1988), by groups of equal x
    fc.assert(fc.property(rows, (given) => {
      const groups = [...new Set(given.map(([at]) => at))].sort((a, b) => a - b).map((at) => ({ at, values: given.filter(([x]) => x === at).map(([, value]) => value) }));
      const mean = (from: number, to: number): number => {
        const values = groups.slice(from, to + 1).flatMap((group) => group.values);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const curve = fitIsotonic(given.map(([at]) => at), given.map(([, value]) => value));
      groups.forEach(({ at }, i) => {
        const expected = Math.max(...groups.slice(0, i + 1).map((_, a) => Math.min(...groups.slice(i).map((__, b) => mean(a, i + b)))));
        assert.ok(Math.abs(isotonicAt(curve, at) - expected) < 1e-12, `${at}: ${isotonicAt(curve, at)}, expected ${expected}`);
      });
    }));
  });
});
