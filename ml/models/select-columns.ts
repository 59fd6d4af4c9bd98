import type { LabelledMatrix, Matrix } from '../matrix.js';

/** The given columns of a matrix, in that order, as floats; pixels count in 0..1. */
export function takeColumns({ rows, columns, data }: Matrix, chosen: ArrayLike<number>): Matrix<Float32Array> {
  const unit = data instanceof Uint8Array ? 1 / 255 : 1;
  const width = chosen.length;
  const taken = new Float32Array(rows * width);
  for (let row = 0, to = 0; row < rows; row++) {
    const from = row * columns;
    for (let j = 0; j < width; j++, to++) taken[to] = data[from + chosen[j]] * unit;
  }
  return { rows, columns: width, data: taken };
}

/** At most `limit` rows, evenly spaced, with their labels. */
export function evenlySpacedRows({ x, labels }: LabelledMatrix, limit: number): LabelledMatrix {
  const rows = Math.min(limit, x.rows);
  const data = x.data instanceof Uint8Array ? new Uint8Array(rows * x.columns) : new Float32Array(rows * x.columns);
  const kept = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * x.rows) / rows);
    data.set(x.data.subarray(from * x.columns, (from + 1) * x.columns), row * x.columns);
    kept[row] = labels[from];
  }
  return { x: { rows, columns: x.columns, data }, labels: kept };
}

/** The `count` columns with the highest scores, best first; among equal scores the lower column wins, and those without a score are 0. */
export function bestColumns(scores: ReadonlyMap<number, number>, columns: number, count: number): number[] {
  const order = Array.from({ length: columns }, (_, column) => column);
  order.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b);
  return order.slice(0, count);
}
