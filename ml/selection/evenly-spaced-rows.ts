import type { Matrix } from '../matrix.js';

/** At most `count` rows at equal distances, as float32: every part of the data is seen, and no seed is needed. */
export function evenlySpacedRows({ rows, columns, data }: Matrix, count: number): Matrix<Float32Array> {
  const taken = Math.min(count, rows);
  const spaced = new Float32Array(taken * columns);
  for (let i = 0; i < taken; i++) {
    const from = Math.floor((i * rows) / taken) * columns;
    spaced.set(data.subarray(from, from + columns), i * columns);
  }
  return { rows: taken, columns, data: spaced };
}
