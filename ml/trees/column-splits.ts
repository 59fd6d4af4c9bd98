import { CLASSES } from '../models/model.js';
import type { Random } from '../random.js';
import type { BinnedColumns } from './binned-columns.js';
import { ROWS_IN_CACHE, columnGatherer } from './column-gatherer.js';
import type { NodeRows } from './node-rows.js';
import { scanEntropy, scanGini } from './scan-bins.js';
import type { BestCut } from './scan-bins.js';
import { scanSorted } from './scan-sorted.js';
import type { GrowOptions } from './grow-options.js';

/** Nodes of so few rows sort them: that is less than to count. */
const SORTED_ROWS = 40;

/** Finds the cut of one column for the node in work; `best` receives it. False: the column is constant in this node. */
export type ColumnSplitter = (node: NodeRows, column: number, best: BestCut) => boolean;

type Columns = Pick<BinnedColumns, 'rows' | 'columns' | 'bins' | 'byRow' | 'cutStarts'>;

/** The best cut of a column, by counting its bins' classes. */
export function bestCutSplitter(data: Columns, { criterion, minLeaf }: GrowOptions): ColumnSplitter {
  const gather = columnGatherer(data);
  const scan = criterion === 'gini' ? scanGini : scanEntropy;
  const counts = new Int32Array(256 * CLASSES);
  const occupied = new Int32Array(8);
  const list = new Uint8Array(256);
  const all = Uint8Array.from({ length: 256 }, (_, bin) => bin);

  return (node, column, best) => {
    const { count, rows, bins, labels, weights, classes } = node;
    if (count >= ROWS_IN_CACHE) {
      const [offset, binCount] = [column * data.rows, data.cutStarts[column + 1] - data.cutStarts[column] + 1];
      if (constant(data.bins, offset, rows, count)) return false;
      for (let i = 0; i < count; i++) counts[data.bins[offset + rows[i]] * classes + labels[i]] += weights[i];
      scan(counts, 0, all, binCount, node, minLeaf, best);
      counts.fill(0, 0, binCount * classes);
      return true;
    }
    if (!gather(node, column)) return false;
    if (count <= SORTED_ROWS && criterion === 'gini') {
      scanSorted(node, minLeaf, best);
      return true;
    }
    // which bins are occupied is noted, so as to look at no other
    for (let i = 0; i < count; i++) {
      const bin = bins[i];
      counts[bin * classes + labels[i]] += weights[i];
      occupied[bin >> 5] |= 1 << (bin & 31);
    }
    const length = listBits(occupied, list);
    scan(counts, 0, list, length, node, minLeaf, best);
    for (let i = 0; i < length; i++) for (let k = 0, at = list[i] * classes; k < classes; k++, at++) counts[at] = 0;
    return true;
  };
}

/** A cut drawn at random between the smallest and the largest bin of a node, as extra trees do. The node's rows stand class by class. */
export function randomCutSplitter(data: Columns, { criterion, minLeaf }: GrowOptions, random: Random): ColumnSplitter {
  const gather = columnGatherer(data);
  const scan = criterion === 'gini' ? scanGini : scanEntropy;
  const counts = new Int32Array(2 * CLASSES);
  const sides = Uint8Array.of(0, 1);

  return (node, column, best) => {
    if (!gather(node, column)) return false;
    const { bins, weights, classes, byClass, ends, low, high } = node;
    const cut = low + Math.floor(random.uniform() * (high - low));
    for (let k = 0, i = 0; k < classes; k++) {
      let left = 0;
      for (const end = ends[k]; i < end; i++) left += weights[i] & ((bins[i] - cut - 1) >> 31);
      counts[k] = left;
      counts[classes + k] = byClass[k] - left;
    }
    scan(counts, 0, sides, 2, node, minLeaf, best);
    best.bin = cut;
    return true;
  };
}

function constant(bins: Uint8Array, offset: number, rows: Int32Array, count: number): boolean {
  const first = bins[offset + rows[0]];
  for (let i = 1; i < count; i++) if (bins[offset + rows[i]] !== first) return false;
  return true;
}

/** Writes the numbers of the bits that are set, ascending, and clears them. */
function listBits(words: Int32Array, list: Uint8Array): number {
  let length = 0;
  for (let w = 0; w < words.length; w++) {
    for (let word = words[w]; word !== 0; word &= word - 1) list[length++] = (w << 5) + (31 - Math.clz32(word & -word));
    words[w] = 0;
  }
  return length;
}
