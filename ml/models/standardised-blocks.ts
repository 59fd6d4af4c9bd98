import type { LabelledMatrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import { paddedStride, standardisePadded } from './standardise.js';
import type { ColumnScales } from './standardise.js';
import type { RowBlocks } from './linear-problem.js';

/** Rows that are standardised a block at a time, when they are read. */
export function standardisedBlocks({ x, labels }: LabelledMatrix, scales: ColumnScales): RowBlocks {
  return { rows: x.rows, stride: paddedStride(x.columns), labels, block: (from, to) => standardisePadded(rowsBetween(x, from, to), scales) };
}
