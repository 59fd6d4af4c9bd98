import type { LabelledMatrix } from '../matrix.js';

/** The given rows of a matrix and their labels, in the order given, copied; the matrix keeps its type. */
export function takeLabelledRows({ x, labels }: LabelledMatrix, rows: ArrayLike<number>): LabelledMatrix {
  const { columns } = x;
  const data = x.data instanceof Uint8Array ? new Uint8Array(rows.length * columns) : new Float32Array(rows.length * columns);
  const taken = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    data.set(x.data.subarray(row * columns, (row + 1) * columns), i * columns);
    taken[i] = labels[row];
  }
  return { x: { rows: rows.length, columns, data }, labels: taken };
}
