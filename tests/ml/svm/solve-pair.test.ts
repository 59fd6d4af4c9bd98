import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import type { KernelFunction } from '../../../ml/svm/kernel-function.js';
import { kernelTiles } from '../../../ml/svm/kernel-tiles.js';
import { prepareRows } from '../../../ml/svm/prepare-rows.js';
import { solvePair } from '../../../ml/svm/solve-pair.js';
import type { PairOptions, PairSolution } from '../../../ml/svm/solve-pair.js';
import { DivergedError } from '../../../shared/errors.js';

const LINEAR: KernelFunction = { kernel: 'linear', gamma: 1, degree: 3, coef0: 0 };
const RBF: KernelFunction = { kernel: 'rbf', gamma: 0.5, degree: 3, coef0: 0 };
const OPTIONS: PairOptions & { readonly kernel: KernelFunction } = { kernel: RBF, C: 2, tolerance: 1e-4, firstRows: 1000, mostRows: 1000, keptBytes: 1e7 };

interface Points {
  readonly data: readonly (readonly number[])[];
  readonly signs: readonly number[];
}

describe('a pair of classes', () => {
  it('has the widest margin: three points in the plane, by hand', () => {
    // (0, 0) against (2, 0) and (3, 5): only the first two touch the margin, at x = 1.
    const { weights, bias } = solve({ data: [[0, 0], [2, 0], [3, 5]], signs: [-1, 1, 1] }, { kernel: LINEAR, C: 10 });
    near(weights, [-0.5, 0.5, 0]);
    near([bias], [-1]);
  });

  it('stops at C: points on the wrong side have the largest weight', () => {
    const { weights } = solve({ data: [[-3], [-1], [2], [1], [3], [-2]], signs: [-1, -1, -1, 1, 1, 1] }, { kernel: LINEAR, C: 0.25 });
    assert.deepEqual([weights[2], weights[5]], [-0.25, 0.25]);
  });

  it('gives two equal rows of different classes opposite weights of size C, and no decision', () => {
    const { weights, bias } = solve({ data: [[1, 2], [1, 2]], signs: [1, -1] }, {});
    assert.deepEqual([...weights], [2, -2]);
    near([bias], [0]);
  });

  for (const C of [0.1, 2, 1000]) {
    it(`meets the optimality conditions to the tolerance, C = ${C}`, () => {
      const points = clouds(400, 1);
      const solution = solve(points, { C, firstRows: 60, mostRows: 150 });
      assertOptimal(points, solution, RBF, C, 1e-4);
      assert.ok(solution.rounds > 1);
    });
  }

  it('is the same solved in parts as solved at once, whatever is kept', () => {
    const points = clouds(600, 2);
    const whole = solve(points, { tolerance: 1e-7 });
    assert.equal(whole.rounds, 1);
    for (const [firstRows, mostRows, keptBytes] of [[50, 500, 1e7], [30, 40, 1e7], [100, 300, 0], [100, 300, 600 * 4 * 20]] as const) {
      const parts = solve(points, { tolerance: 1e-7, firstRows, mostRows, keptBytes });
      assert.ok(parts.rounds > 1);
      near(parts.weights, [...whole.weights], 1e-3); // the objective is flat along some directions: errors are what the tolerance fixes
      near(parts.errors, [...whole.errors], 1e-5);
      near([parts.bias], [whole.bias], 1e-5);
    }
  });

  it('needs both classes in its first rows, however rare one is', () => {
    const points = clouds(500, 3);
    const rare = { data: points.data, signs: points.signs.map((_, i) => (i === 250 ? -1 : 1)) };
    const solution = solve(rare, { firstRows: 20, mostRows: 30 });
    assertOptimal(rare, solution, RBF, 2, 1e-4);
    assert.ok((solution.weights[250] ?? 0) < 0);
  });

  it('ticks while it works', () => {
    let ticks = 0;
    solve(clouds(300, 4), { firstRows: 50 }, () => ticks++);
    assert.ok(ticks > 3);
  });

  it('refuses values that overflow, and says what helps', () => {
    const kernel: KernelFunction = { kernel: 'polynomial', gamma: 1, degree: 20, coef0: 1 };
    const points = { data: [[1000], [2000], [-1000], [-2000]], signs: [1, 1, -1, -1] };
    assert.throws(() => solve(points, { kernel }), (error) => error instanceof DivergedError && /standardise/.test(error.message));
  });

  function solve({ data, signs }: Points, over: Partial<typeof OPTIONS>, tick: () => void = () => undefined): PairSolution {
    const options = { ...OPTIONS, ...over };
    const columns = data[0]?.length ?? 0;
    const x = { rows: data.length, columns, data: Float32Array.from(data.flat()) };
    const set = prepareRows(x, options.kernel, new Float32Array(columns));
    return solvePair({ set, rows: Int32Array.from(data, (_, i) => i) }, Int8Array.from(signs), kernelTiles(options.kernel, set.columns), options, tick);
  }
});

/** Two overlapping clouds of points in the plane, the first half of one class. */
function clouds(rows: number, seed: number): Points {
  const random = createRandom(seed);
  const signs = Array.from({ length: rows }, (_, i) => (i < rows / 2 ? 1 : -1));
  return { signs, data: signs.map((sign) => [Math.fround(random.normal() + sign), Math.fround(random.normal() - sign / 2)]) };
}

/** Weights in their bounds that sum to zero, and margins as Karush, Kuhn and Tucker have them, from float64 kernel values. */
function assertOptimal({ data, signs }: Points, { weights, errors, bias }: PairSolution, { gamma }: KernelFunction, C: number, tolerance: number): void {
  assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0)) < 1e-9 * C * weights.length, 'weights do not sum to zero');
  data.forEach((row, t) => {
    const decision = data.reduce((sum, other, s) => sum + (weights[s] ?? 0) * Math.exp(-gamma * row.reduce((q, value, j) => q + (value - (other[j] ?? 0)) ** 2, 0)), 0);
    const sign = signs[t] ?? 0;
    const slack = 2 * tolerance + 1e-6 * C * data.length * 0.05;
    assert.ok(Math.abs((errors[t] ?? Number.NaN) - (sign - decision)) < slack, `row ${t}: error ${errors[t]}, by its weights ${sign - decision}`);
    const margin = sign * (decision + bias);
    const multiplier = sign * (weights[t] ?? Number.NaN);
    assert.ok(multiplier >= 0 && multiplier <= C, `row ${t} has multiplier ${multiplier}`);
    if (multiplier < C) assert.ok(margin > 1 - slack, `row ${t}: margin ${margin} at multiplier ${multiplier}`);
    if (multiplier > 0) assert.ok(margin < 1 + slack, `row ${t}: margin ${margin} at multiplier ${multiplier}`);
  });
}

function near(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-4): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) <= tolerance, `${i}: ${actual[i]}, expected ${value}`));
}
