import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../ml/data/npz.js';
import type { Matrix } from '../../../ml/matrix.js';

const { arrays } = decodeNpz(readFileSync(new URL('../../../../tests/ml/reductions/golden.npz', import.meta.url)), 'golden');

/** An array that write-golden.py wrote with scikit-learn. */
export function golden(name: string): Float64Array {
  const array = arrays[name];
  assert.ok(array?.data instanceof Float64Array, name);
  return array.data;
}

/** The matrices behind the golden values, and their labels. */
export const goldenMatrices: Readonly<Record<'pixels' | 'floats', Matrix>> = { pixels: matrixOf('pixels'), floats: matrixOf('floats') };
export const goldenLabels = matrixOf('labels').data as Uint8Array;

function matrixOf(name: string): Matrix {
  const array = arrays[name];
  assert.ok(array?.data instanceof Uint8Array || array?.data instanceof Float32Array, name);
  return { rows: array.shape[0] ?? 0, columns: array.shape[1] ?? 1, data: array.data };
}

/** Asserts that two arrays are equal up to `tolerance` times the largest expected value. */
export function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: lengths`);
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs((actual[i] ?? NaN) - (expected[i] ?? NaN));
    assert.ok(distance <= tolerance * largest, `${what}: ${actual[i]} at ${i}, expected ${expected[i]}`);
  }
}

/** Columns of [rows, columns] turned to the signs of the expected ones: an axis has no sign of its own. */
export function alignColumns(actual: ArrayLike<number>, expected: ArrayLike<number>, columns: number): Float64Array {
  const agreement = new Float64Array(columns);
  for (let i = 0; i < actual.length; i++) agreement[i % columns] = (agreement[i % columns] ?? 0) + (actual[i] ?? 0) * (expected[i] ?? 0);
  return Float64Array.from(actual, (value, i) => value * Math.sign(agreement[i % columns] ?? 0));
}
