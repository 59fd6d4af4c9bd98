import type { BinnedColumns } from './binned-columns.js';
import type { NodeRows } from './node-rows.js';

/** Nodes of fewer rows read them row by row: those stay in the cache from column to column, and from a node to its children. */
const ROWS_IN_CACHE = 1_000;

/** Brings a column's bins of a node's rows side by side into `node.bins`. False: the column is constant in this node. */
export function columnGatherer({ rows: height, columns: width, bins, byRow }: Pick<BinnedColumns, 'rows' | 'columns' | 'bins' | 'byRow'>): (node: NodeRows, column: number) => boolean {
  return ({ count, rows, bins: out }, column) => {
    let differs = 0;
    if (count < ROWS_IN_CACHE) {
      const first = byRow[rows[0] * width + column];
      for (let i = 0; i < count; i++) differs |= first ^ (out[i] = byRow[rows[i] * width + column]);
    } else {
      const offset = column * height;
      const first = bins[offset + rows[0]];
      for (let i = 0; i < count; i++) differs |= first ^ (out[i] = bins[offset + rows[i]]);
    }
    return differs !== 0;
  };
}
