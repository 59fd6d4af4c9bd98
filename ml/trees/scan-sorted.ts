import { CLASSES } from '../models/model.js';
import type { NodeRows } from './node-rows.js';
import type { BestCut } from './scan-bins.js';

const keys = new Int32Array(256);
const left = new Float64Array(CLASSES);

/** As `scanGini`, of the few rows (at most 256) of a node, by sorting the bins gathered for it. */
export function scanSorted({ count, bins, labels, weights, classes, byClass, total }: NodeRows, minLeaf: number, best: BestCut): void {
  for (let i = 0; i < count; i++) {
    const key = (bins[i] << 8) | i;
    let at = i;
    for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
    keys[at] = key;
  }
  let [leftTotal, leftSquares, rightSquares] = [0, 0, 0];
  let [score, low, high] = [-Infinity, 0, -1];
  for (let k = 0; k < classes; k++) {
    left[k] = 0;
    rightSquares += byClass[k] * byClass[k];
  }
  for (let i = 0, last = count - 1; i < last; i++) {
    const row = keys[i] & 255;
    const [weight, k] = [weights[row], labels[row]];
    const there = left[k];
    leftSquares += weight * (2 * there + weight);
    rightSquares -= weight * (2 * (byClass[k] - there) - weight);
    left[k] = there + weight;
    leftTotal += weight;
    const [bin, next] = [keys[i] >> 8, keys[i + 1] >> 8];
    if (bin === next) continue;
    const rightTotal = total - leftTotal;
    if (rightTotal < minLeaf) break;
    if (leftTotal < minLeaf) continue;
    const here = leftSquares / leftTotal + rightSquares / rightTotal;
    if (here > score) {
      score = here;
      low = bin;
      high = next;
    }
  }
  best.score = score;
  best.bin = (low + high - 1) >> 1;
}
