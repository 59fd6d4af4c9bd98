import type { Matrix } from '../matrix.js';
import { fullSearch } from './full-search.js';
import { prunedSearch } from './pruned-search.js';
import { reductionOf } from './reduced-rows.js';
import type { RowSearch } from './row-search.js';

/** Sizes from which on it pays to find a reduction first. */
const MANY_ROWS = 4096;
const WIDE = 32;

/** The k nearest rows of each query exactly, by whichever way is quicker for such rows. Values must be finite; 1 <= k <= rows. */
export function exactSearch(x: Matrix<Float32Array>, k: number): RowSearch {
  const reduction = x.rows >= MANY_ROWS && x.columns >= WIDE ? reductionOf(x) : undefined;
  return reduction ? prunedSearch(x, k, reduction) : fullSearch(x, k);
}
