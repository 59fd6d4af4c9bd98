import type { Matrix } from '../matrix.js';

/** A matrix as float32: features as they are (shared memory), pixels divided by 255. */
export function asFloats(x: Matrix): Matrix<Float32Array> {
  const { rows, columns, data } = x;
  if (data instanceof Float32Array) return { rows, columns, data };
  const floats = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) floats[i] = data[i] / 255;
  return { rows, columns, data: floats };
}
