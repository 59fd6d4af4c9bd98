/** Each query's nearest rows. */
export interface Neighbours {
  readonly rows: number;
  readonly k: number;
  /** [rows, k]: numbers of the nearest rows, nearest first; equal distances are in the order of the numbers. */
  readonly indices: Int32Array;
  /** [rows, k]: their Euclidean distances. */
  readonly distances: Float32Array;
}
