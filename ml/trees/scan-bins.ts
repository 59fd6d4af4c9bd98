/** The best cut of a column that a scan found. */
export interface BestCut {
  /** The larger, the purer; -Infinity where there is no cut. */
  score: number;
  /** Rows go left whose bin is not above this one. */
  bin: number;
}

/** What a node holds, by class. */
export interface NodeTotals {
  /** How many classes the counts tell apart. */
  readonly classes: number;
  readonly byClass: Float64Array;
  readonly total: number;
}

const left = new Float64Array(16);

/**
 * The best cut by Gini impurity: it maximises the sum of squared class weights over the weight, left and right. Between the two
 * neighbouring bins that hold rows, the middle is taken.
 * @param counts weights by [bin, class], from `offset` on.
 * @param list the bins to look at, ascending.
 */
export function scanGini(counts: Int32Array, offset: number, list: Uint8Array, length: number, { classes, byClass, total }: NodeTotals, minLeaf: number, best: BestCut): void {
  let [leftTotal, leftSquares, rightSquares] = [0, 0, 0];
  let [score, low, high] = [-Infinity, 0, -1];
  let open = false;
  for (let k = 0; k < classes; k++) {
    left[k] = 0;
    rightSquares += byClass[k] * byClass[k];
  }
  for (let i = 0; i < length; i++) {
    const bin = list[i];
    const before = leftTotal;
    for (let k = 0, at = offset + bin * classes; k < classes; k++, at++) {
      const count = counts[at];
      if (count === 0) continue;
      const there = left[k];
      leftSquares += count * (2 * there + count);
      rightSquares -= count * (2 * (byClass[k] - there) - count);
      left[k] = there + count;
      leftTotal += count;
    }
    if (leftTotal === before) continue;
    if (open) {
      high = bin;
      open = false;
    }
    const rightTotal = total - leftTotal;
    if (rightTotal < minLeaf) break;
    if (leftTotal < minLeaf) continue;
    const here = leftSquares / leftTotal + rightSquares / rightTotal;
    if (here > score) {
      score = here;
      low = bin;
      open = true;
    }
  }
  best.score = score;
  best.bin = open ? low : (low + high - 1) >> 1;
}

/** As `scanGini`, by entropy (information gain): it maximises the sum of w log(w / weight), left and right. */
export function scanEntropy(counts: Int32Array, offset: number, list: Uint8Array, length: number, { classes, byClass, total }: NodeTotals, minLeaf: number, best: BestCut): void {
  let leftTotal = 0;
  let [score, low, high] = [-Infinity, 0, -1];
  let open = false;
  left.fill(0);
  for (let i = 0; i < length; i++) {
    const bin = list[i];
    const before = leftTotal;
    for (let k = 0, at = offset + bin * classes; k < classes; k++, at++) {
      left[k] += counts[at];
      leftTotal += counts[at];
    }
    if (leftTotal === before) continue;
    if (open) {
      high = bin;
      open = false;
    }
    const rightTotal = total - leftTotal;
    if (rightTotal < minLeaf) break;
    if (leftTotal < minLeaf) continue;
    let here = -timesLog(leftTotal) - timesLog(rightTotal);
    for (let k = 0; k < classes; k++) here += timesLog(left[k]) + timesLog(byClass[k] - left[k]);
    if (here > score) {
      score = here;
      low = bin;
      open = true;
    }
  }
  best.score = score;
  best.bin = open ? low : (low + high - 1) >> 1;
}

/** The score of a node that is not split, on the scale of `criterion`. */
export function unsplitScore(criterion: 'gini' | 'entropy', { classes, byClass, total }: NodeTotals): number {
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += criterion === 'gini' ? byClass[k] * byClass[k] : timesLog(byClass[k]);
  return criterion === 'gini' ? sum / total : sum - timesLog(total);
}

function timesLog(value: number): number {
  return value > 0 ? value * Math.log(value) : 0;
}
