import { CLASSES } from '../models/model.js';
import type { BinnedColumns } from './binned-columns.js';
import type { NodeRows } from './node-rows.js';

/** The class weights of every bin of every column of a node, by [column, bin, class]. */
export interface NodeHistograms {
  /** Where a column's counts begin. */
  readonly starts: Int32Array;
  /** Counts of zero, perhaps from a node that is done. */
  take(): Int32Array;
  /** Adds the rows of the node in work; `columns` are the ones that trees may split. */
  count(into: Int32Array, node: NodeRows): void;
  /** Gives counts back, to be used again. */
  release(counts: Int32Array): void;
}

/** @param columns those to count. */
export function createNodeHistograms({ rows, bins, cutStarts }: Pick<BinnedColumns, 'rows' | 'bins' | 'cutStarts'>, columns: Int32Array): NodeHistograms {
  const starts = new Int32Array(cutStarts.length);
  let size = 0;
  for (const column of columns) {
    starts[column] = size;
    size += (cutStarts[column + 1] - cutStarts[column] + 1) * CLASSES;
  }
  const free: Int32Array[] = [];
  return {
    starts,
    take: () => free.pop()?.fill(0) ?? new Int32Array(size),
    count(into, { count, rows: taken, labels, weights, present }) {
      for (const column of columns) {
        const [offset, start] = [column * rows, starts[column]];
        for (let i = 0; i < count; i++) into[start + bins[offset + taken[i]] * CLASSES + present[labels[i]]] += weights[i];
      }
    },
    release: (counts) => {
      free.push(counts);
    },
  };
}

/** What is left of a parent's counts without one child's: the other child's. */
export function subtractCounts(parent: Int32Array, child: Int32Array): Int32Array {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
  return parent;
}
