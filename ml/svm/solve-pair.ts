import { DivergedError } from '../../shared/errors.js';
import { extremes, firstSubset, violatingSubset } from './choose-subset.js';
import { kernelColumns } from './kernel-columns.js';
import type { KernelColumns, KernelSpace, ProblemRows } from './kernel-columns.js';
import type { KernelTiles } from './kernel-tiles.js';
import { solveSubset } from './solve-subset.js';

/** How a pair's dual problem is solved. */
export interface PairOptions {
  readonly C: number;
  /** Of the errors of the weights that may rise and those that may fall, as LIBSVM's eps. */
  readonly tolerance: number;
  /** Rows of the first subset; a problem of no more rows is solved at once. */
  readonly firstRows: number;
  /** Most rows of a subset. */
  readonly mostRows: number;
  /** Memory for kernel values that are kept between rounds. */
  readonly keptBytes: number;
}

/** The solution of a pair: decision(x) = sum of weights K(row, x) + bias. */
export interface PairSolution {
  /** [rows of the problem]: multiplier times sign; 0 where the row is no support vector. */
  readonly weights: Float64Array;
  /** [rows]: sign minus the decision without its bias. */
  readonly errors: Float64Array;
  readonly bias: number;
  /** Changes of two weights. */
  readonly steps: number;
  /** Subsets solved. */
  readonly rounds: number;
}

const MOST_STEPS = 1e7;
const STEPS_A_ROW = 100;
const MEND = 'standardise the input, or lower C, gamma or the degree.';
const INNER = 0.9; // a subset is solved a little closer than the whole has to be

/**
 * Solves the C-SVM dual of two classes: sequential minimal optimisation on a subset (at first evenly spaced rows), then the errors of all rows by
 * blocks of kernel values, then a subset of the rows that violate the optimality conditions or nearly do, from those weights on, until no row of the whole
 * violates them beyond the tolerance (decomposition, Osuna, Freund and Girosi 1997; Joachims 1999). The answer is LIBSVM's, at a fraction of
 * the kernel values.
 * @param tiles of the kernel, for the problem's columns.
 * @param space memory of earlier problems to use again.
 * @param signs [rows], +1 and -1, both present.
 * @throws DivergedError when kernel values overflow, or as many steps as LIBSVM allows do not do.
 */
export function solvePair(problem: ProblemRows, signs: Int8Array, tiles: KernelTiles, options: PairOptions, tick: () => void, space: KernelSpace = { columns: [], block: new Float32Array(0) }): PairSolution {
  const count = problem.rows.length;
  const weights = new Float64Array(count);
  const errors = Float64Array.from(signs);
  const columns = kernelColumns(problem, tiles, options.keptBytes, (row) => weights[row] !== 0, tick, space);
  let steps = 0;
  let subset = firstSubset(signs, options.firstRows);
  for (let rounds = 1; ; rounds++) {
    steps += improve(subset, weights, errors, signs, columns, options, tick);
    const { highest, lowest } = extremes({ weights, errors, signs, C: options.C });
    if (!Number.isFinite(highest - lowest)) throw new DivergedError(`SVM: kernel values are not finite numbers; ${MEND}`);
    if (steps > Math.max(MOST_STEPS, STEPS_A_ROW * count)) throw new DivergedError(`SVM: not solved within ${steps} steps; ${MEND}`);
    if (!(highest - lowest > options.tolerance)) return { weights, errors, bias: biasOf(weights, errors, options.C, (highest + lowest) / 2), steps, rounds };
    subset = violatingSubset({ weights, errors, signs, C: options.C }, (highest + lowest) / 2, worthwhileRows(weights, options));
  }
}

/** Twice the support vectors so far: most of the rows that violate the conditions early on do so no more once a few of them count. */
function worthwhileRows(weights: Float64Array, { firstRows, mostRows }: PairOptions): number {
  const support = weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
  return Math.min(mostRows, 2 * Math.max(firstRows, support));
}

/** Solves the subset from the weights so far, and brings all errors up to date. */
function improve(
  subset: Int32Array, weights: Float64Array, errors: Float64Array, signs: Int8Array, columns: KernelColumns, { C, tolerance }: PairOptions, tick: () => void,
): number {
  const count = subset.length;
  const within = { weights: new Float64Array(count), errors: new Float64Array(count), signs: new Int8Array(count) };
  for (let s = 0; s < count; s++) {
    within.weights[s] = weights[subset[s]];
    within.errors[s] = errors[subset[s]];
    within.signs[s] = signs[subset[s]];
  }
  const steps = solveSubset({ rows: count, values: columns.among(subset), ...within }, C, INNER * tolerance, tick);
  const [changed, changes] = [new Int32Array(count), new Float64Array(count)];
  let end = 0;
  for (let s = 0; s < count; s++) {
    const row = subset[s];
    if (within.weights[s] === weights[row]) continue;
    changed[end] = row;
    changes[end++] = within.weights[s] - weights[row];
    weights[row] = within.weights[s];
  }
  columns.subtract(changed.subarray(0, end), changes.subarray(0, end), errors);
  return steps;
}

/** The mean error of the weights strictly within their bounds; without one, the middle of what the bounds allow. */
function biasOf(weights: Float64Array, errors: Float64Array, C: number, middle: number): number {
  let [sum, free] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0 || Math.abs(weights[row]) === C) continue;
    sum += errors[row];
    free++;
  }
  return free > 0 ? sum / free : middle;
}
