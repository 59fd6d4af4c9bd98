import type { TaskThreads } from '../../shared/parallel-tasks.js';
import { takeMatrixRows } from '../data/take-matrix-rows.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { OTHERS, PAIRS, placeAmongOthers } from './class-pairs.js';
import type { KernelFunction } from './kernel-function.js';
import { pairAnswer, pairTask } from './pair-task.js';
import type { PairAnswer } from './pair-task.js';
import { preparedColumns, prepareRows } from './prepare-rows.js';
import type { PreparedRows } from './prepare-rows.js';
import type { SupportVectors } from './support-vectors.js';

/** A fitted machine, and how the fit went. */
export interface FittedPairs {
  readonly machine: SupportVectors;
  /** [vectors]: the training row of each. */
  readonly rows: Int32Array;
  readonly steps: number;
  readonly rounds: number;
}

/** What is fitted. */
export interface PairsProblem {
  readonly x: Matrix<Float32Array>;
  readonly labels: Uint8Array;
  readonly kernel: KernelFunction;
  readonly C: number;
  readonly tolerance: number;
}

/**
 * Fits all pairs of the classes that are there, each a task of its own on shared memory.
 * @param solved is called after each pair with the number of pairs that are done, and of all.
 */
export async function fitPairs({ x, labels, kernel, C, tolerance }: PairsProblem, threads: TaskThreads, solved: (done: number, all: number) => void): Promise<FittedPairs> {
  const centre = columnMeans(x);
  const { order, starts } = byClass(labels);
  const set = sharedSet(x, order, kernel, centre);
  const count = (c: number): number => starts[c + 1] - starts[c];
  const seen = PAIRS.filter(([a, b]) => count(a) > 0 && count(b) > 0);
  let done = 0;
  const answers = await Promise.all(seen.map(async ([a, b]) => {
    const task = pairTask(set, { kernel, C, tolerance, first: [starts[a], starts[a + 1]], second: [starts[b], starts[b + 1]] });
    const answer = pairAnswer(await threads.run(task));
    solved(++done, seen.length);
    return { a, b, answer };
  }));
  const { rows, ...vectors } = joined(answers, order, labels);
  return {
    machine: { kernel, centre, ...vectors, vectors: takeMatrixRows(x, rows), present: Uint8Array.from({ length: CLASSES }, (_, c) => (count(c) > 0 ? 1 : 0)) },
    rows,
    steps: answers.reduce((sum, { answer }) => sum + answer.steps, 0),
    rounds: answers.reduce((most, { answer }) => Math.max(most, answer.rounds), 0),
  };
}

/** Each support vector once, in the order of the sorted rows, with its weight in every pair. */
function joined(
  answers: readonly { readonly a: number; readonly b: number; readonly answer: PairAnswer }[], order: Int32Array, labels: Uint8Array,
): Pick<SupportVectors, 'starts' | 'weights' | 'biases'> & { readonly rows: Int32Array } {
  const used = new Uint8Array(order.length);
  for (const { answer } of answers) for (const row of answer.rows) used[row] = 1;
  const support = [...used.keys()].filter((row) => used[row] === 1);
  const placeOf = new Int32Array(order.length);
  support.forEach((row, place) => { placeOf[row] = place; });
  const weights = new Float32Array(support.length * OTHERS);
  const biases = new Float32Array(PAIRS.length);
  for (const { a, b, answer } of answers) {
    biases[PAIRS.findIndex(([first, second]) => first === a && second === b)] = answer.bias;
    answer.rows.forEach((row, i) => {
      const own = labels[order[row]];
      weights[placeOf[row] * OTHERS + placeAmongOthers(own, own === a ? b : a)] = answer.weights[i];
    });
  }
  const rows = Int32Array.from(support, (row) => order[row]);
  const starts = new Int32Array(CLASSES + 1);
  for (const row of rows) starts[labels[row] + 1]++;
  for (let c = 0; c < CLASSES; c++) starts[c + 1] += starts[c];
  return { rows, starts, weights, biases };
}

/** Rows sorted by class, each class in the order given, and where each begins. */
function byClass(labels: Uint8Array): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(CLASSES + 1);
  for (const label of labels) starts[label + 1]++;
  for (let c = 0; c < CLASSES; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Int32Array(labels.length);
  labels.forEach((label, row) => { order[next[label]++] = row; });
  return { order, starts };
}

function sharedSet(x: Matrix<Float32Array>, order: Int32Array, kernel: KernelFunction, centre: Float32Array): PreparedRows {
  const columns = preparedColumns(x.columns);
  const data = new Float32Array(new SharedArrayBuffer(4 * order.length * columns));
  const terms = new Float32Array(new SharedArrayBuffer(4 * order.length));
  order.forEach((row, i) => {
    const out = { rows: 1, columns, data: data.subarray(i * columns, (i + 1) * columns), terms: terms.subarray(i, i + 1) };
    prepareRows({ rows: 1, columns: x.columns, data: x.data.subarray(row * x.columns, (row + 1) * x.columns) }, kernel, centre, out);
  });
  return { rows: order.length, columns, data, terms };
}

function columnMeans({ rows, columns, data }: Matrix<Float32Array>): Float32Array {
  const sums = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) sums[j] += data[i];
  return Float32Array.from(sums, (sum) => sum / rows);
}
