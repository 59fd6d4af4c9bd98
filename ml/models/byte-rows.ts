import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/** Rows in a byte a number: value = offset + scale * byte, column by column. */
export interface ByteRows {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly bytes: Uint8Array;
  /** [columns] */
  readonly offset: Float32Array;
  readonly scale: Float32Array;
}

/** Rounds each column to 256 steps between its least and its greatest value; pixels stay exactly what they are. */
export function toByteRows({ rows, columns, data }: Matrix): ByteRows {
  if (data instanceof Uint8Array) {
    return { rows, columns, bytes: data.slice(), offset: new Float32Array(columns), scale: new Float32Array(columns).fill(unitOf({ data })) };
  }
  const least = new Float32Array(columns).fill(Infinity);
  const greatest = new Float32Array(columns).fill(-Infinity);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, i++) {
      if (data[i] < least[j]) least[j] = data[i];
      if (data[i] > greatest[j]) greatest[j] = data[i];
    }
  }
  const scale = greatest.map((most, j) => (most - least[j]) / 255);
  const bytes = new Uint8Array(rows * columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, i++) bytes[i] = scale[j] > 0 ? Math.round((data[i] - least[j]) / scale[j]) : 0;
  }
  return { rows, columns, bytes, offset: least, scale };
}

/** The rows that bytes stand for. */
export function fromByteRows({ rows, columns, bytes, offset, scale }: ByteRows): Matrix<Float32Array> {
  const data = new Float32Array(rows * columns);
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) data[i] = offset[j] + scale[j] * bytes[i];
  return { rows, columns, data };
}
