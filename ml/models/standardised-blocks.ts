import type { LabelledMatrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import { standardisePadded } from './standardise.js';
import type { ColumnScales } from './standardise.js';
import type { RowBlocks } from './tensor-linear-problem.js';

/** Rows that are standardised a block at a time, when they are read. */
export function standardisedBlocks({ x, labels }: LabelledMatrix, scales: ColumnScales): RowBlocks {
  return { rows: x.rows, labels, block: (from, to) => standardisePadded(rowsBetween(x, from, to), scales) };
}
