/** Each query's nearest rows. */
export interface Neighbours {
  readonly rows: number;
  readonly k: number;
  /** [rows, k]: numbers of the nearest rows, nearest first; equal distances are in the order of the numbers. */
  readonly indices: Int32Array;
  /** [rows, k]: their Euclidean distances. */
  readonly distances: Float32Array;
}

/** Room for what is found. */
export function emptyNeighbours(rows: number, k: number): Neighbours {
  return { rows, k, indices: new Int32Array(rows * k), distances: new Float32Array(rows * k) };
}
