import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../ml/data/npz.js';
import type { Matrix } from '../../../ml/matrix.js';

const { arrays } = decodeNpz(readFileSync(new URL('../../../../tests/ml/embedding/embedding-golden.npz', import.meta.url)));

/** What write-embedding-golden.py wrote. */
export const GOLDEN = {
  x: matrix('x'),
  low: matrix('low'),
  principal: matrix('principal'),
  /** For k = 1, 5, 12, 29. */
  trustworthiness: numbers('trustworthiness'),
  /** [60, 60] */
  joint: numbers('joint'),
};

function matrix(name: string): Matrix<Float32Array> {
  const { shape, data } = arrays[name] ?? { shape: [], data: undefined };
  if (!(data instanceof Float32Array)) throw new Error(`${name} is no float32 array of the golden file`);
  return { rows: shape[0] ?? 0, columns: shape[1] ?? 0, data };
}

function numbers(name: string): Float64Array {
  const data = arrays[name]?.data;
  if (!(data instanceof Float64Array)) throw new Error(`${name} is no float64 array of the golden file`);
  return data;
}
