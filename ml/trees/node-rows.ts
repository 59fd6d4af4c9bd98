import { CLASSES } from '../models/model.js';
import type { NodeTotals } from './scan-bins.js';

/**
 * The rows of the node in work, side by side: their number, class and weight. Classes are numbered anew among those that the node
 * holds, since deep nodes hold few.
 */
export interface NodeRows extends NodeTotals {
  count: number;
  classes: number;
  total: number;
  readonly rows: Int32Array;
  /** By row: its bin in the column in work; see `columnGatherer`. */
  readonly bins: Uint8Array;
  /** The smallest and the largest of them. */
  low: number;
  high: number;
  /** By row: a class among those present. */
  readonly labels: Uint8Array;
  readonly weights: Int32Array;
  /** The digits that the classes stand for. */
  readonly present: Uint8Array;
  readonly byClass: Float64Array;
  /** Where the rows of each class present end, if they stand class by class. */
  readonly ends: Int32Array;
}

export function createNodeRows(most: number): NodeRows {
  return {
    count: 0, classes: 0, total: 0, low: 0, high: 0,
    rows: new Int32Array(most), bins: new Uint8Array(most), labels: new Uint8Array(most), weights: new Int32Array(most), present: new Uint8Array(CLASSES), byClass: new Float64Array(CLASSES), ends: new Int32Array(CLASSES),
  };
}

const numbered = new Uint8Array(CLASSES);
const sums = new Float64Array(CLASSES);
const numbers = new Int32Array(CLASSES);

/** Takes up the rows order[from .. to). */
export function gatherNode(node: NodeRows, order: Int32Array, from: number, to: number, labels: Uint8Array, weights: Int32Array): void {
  sums.fill(0);
  numbers.fill(0);
  for (let i = from; i < to; i++) {
    const row = order[i];
    const label = labels[row];
    sums[label] += weights[row];
    numbers[label]++;
  }
  node.count = to - from;
  node.classes = 0;
  node.total = 0;
  for (let digit = 0, end = 0; digit < CLASSES; digit++) {
    if (sums[digit] === 0) continue;
    numbered[digit] = node.classes;
    node.present[node.classes] = digit;
    node.ends[node.classes] = end += numbers[digit];
    node.byClass[node.classes++] = sums[digit];
    node.total += sums[digit];
  }
  for (let i = from, j = 0; i < to; i++, j++) {
    const row = order[i];
    node.rows[j] = row;
    node.labels[j] = numbered[labels[row]];
    node.weights[j] = weights[row];
  }
}
