import type { BinnedColumns } from './binned-columns.js';
import { LEAF } from './tree.js';
import type { Tree } from './tree.js';

/** By node: the left child of a split; minus one minus its number for a leaf. */
export function nodesBelow(columns: Uint16Array): Int32Array {
  const below = new Int32Array(columns.length);
  for (let node = 0, splits = 0, leaves = 0; node < columns.length; node++) below[node] = columns[node] === LEAF ? -1 - leaves++ : 2 * splits++ + 1;
  return below;
}

/**
 * The leaf that each binned row falls into, by number.
 * @param weights rows of another weight than 0 are left out (-1); undefined leaves out none.
 */
export function leafOfRows({ columns, bins }: Tree, data: Pick<BinnedColumns, 'rows' | 'columns' | 'byRow'>, weights?: Int32Array): Int32Array {
  const below = nodesBelow(columns);
  const leaves = new Int32Array(data.rows).fill(-1);
  for (let row = 0, at = 0; row < data.rows; row++, at += data.columns) {
    if (weights && weights[row] !== 0) continue;
    let node = 0;
    while (below[node] >= 0) node = below[node] + (data.byRow[at + columns[node]] > bins[node] ? 1 : 0);
    leaves[row] = -1 - below[node];
  }
  return leaves;
}
