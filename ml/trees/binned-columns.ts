/** Columns as small numbers: bin b of a column holds the values above its cut b - 1 and not above its cut b. */
export interface BinnedColumns {
  readonly rows: number;
  readonly columns: number;
  /** Column-major [columns, rows], on shared memory: threads read it in place. */
  readonly bins: Uint8Array;
  /** The same row-major [rows, columns], shared too: the few rows of a deep node stay in the cache. */
  readonly byRow: Uint8Array;
  /** Ascending within a column; those of column c are [cutStarts[c], cutStarts[c + 1]), and it has one bin more. */
  readonly cuts: Float32Array;
  readonly cutStarts: Int32Array;
}
