import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/**
 * The square root of every number, with its sign; pixels count in 0..1. Of histograms it is Hellinger's map: a kernel of distances then compares what
 * they hold in small bins as well as in large ones (Arandjelovic and Zisserman 2012).
 */
export function signedRoots(x: Matrix): Matrix<Float32Array> {
  const { rows, columns, data } = x;
  const unit = unitOf(x);
  const roots = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] * unit;
    roots[i] = value < 0 ? -Math.sqrt(-value) : Math.sqrt(value);
  }
  return { rows, columns, data: roots };
}
