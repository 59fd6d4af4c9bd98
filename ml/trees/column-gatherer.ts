import type { BinnedColumns } from './binned-columns.js';
import type { NodeRows } from './node-rows.js';

/** Nodes of fewer rows read them row by row: those stay in the cache from column to column, and from a node to its children. */
export const ROWS_IN_CACHE = 1_000;

/** Brings a column's bins of a node's rows side by side into `node.bins`, with their range. False: the column is constant in this node. */
export function columnGatherer({ rows: height, columns: width, bins, byRow }: Pick<BinnedColumns, 'rows' | 'columns' | 'bins' | 'byRow'>): (node: NodeRows, column: number) => boolean {
  return (node, column) => {
    const { count, rows, bins: out } = node;
    let [low, high] = [255, 0];
    if (count < ROWS_IN_CACHE) {
      for (let i = 0; i < count; i++) {
        const bin = (out[i] = byRow[rows[i] * width + column]);
        if (bin < low) low = bin;
        if (bin > high) high = bin;
      }
    } else {
      for (let i = 0, offset = column * height; i < count; i++) {
        const bin = (out[i] = bins[offset + rows[i]]);
        if (bin < low) low = bin;
        if (bin > high) high = bin;
      }
    }
    node.low = low;
    node.high = high;
    return low < high;
  };
}
