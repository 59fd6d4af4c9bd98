/** A triangular factor L with L L' = matrix. */
export interface Cholesky {
  readonly size: number;
  /** [size, size], row-major; zeros above the diagonal, and in columns that dropped out. */
  readonly factor: Float64Array;
  /** How many columns do not depend on those before them. */
  readonly rank: number;
}

/** A pivot below this part of its diagonal entry is rounding: its column depends on those before. */
const DEPENDENT = 1e-10;

/**
 * Cholesky's factor of a symmetric positive semidefinite matrix, in double precision. Columns that depend on those before them drop out: their
 * pivots are 0, and so are their unknowns in `solve`.
 * @param working called many times a second.
 */
export function cholesky(matrix: Float64Array, size: number, working: () => void = () => undefined): Cholesky {
  const factor = new Float64Array(size * size);
  let rank = 0;
  for (let i = 0; i < size; i++) {
    if (i % 16 === 0) working();
    const row = i * size;
    for (let j = 0; j < i; j++) {
      const pivot = factor[j * size + j];
      factor[row + j] = pivot === 0 ? 0 : (matrix[row + j] - dot(factor, row, j * size, j)) / pivot;
    }
    const left = matrix[row + i] - dot(factor, row, row, i);
    if (!(left > DEPENDENT * matrix[row + i])) continue;
    factor[row + i] = Math.sqrt(left);
    rank++;
  }
  return { size, factor, rank };
}

/** x with L L' x = b. */
export function solve({ size, factor }: Cholesky, b: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const pivot = factor[i * size + i];
    if (pivot === 0) continue;
    let sum = b[i];
    for (let j = 0; j < i; j++) sum -= factor[i * size + j] * x[j];
    x[i] = sum / pivot;
  }
  for (let i = size - 1; i >= 0; i--) {
    const pivot = factor[i * size + i];
    if (pivot === 0) continue;
    x[i] /= pivot;
    for (let j = 0; j < i; j++) x[j] -= factor[i * size + j] * x[i];
  }
  for (let i = 0; i < size; i++) if (factor[i * size + i] === 0) x[i] = 0;
  return x;
}

/** The inverse of L, [size, size], row-major; for a factor of full rank. */
export function inverseFactor({ size, factor }: Cholesky): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let k = 0; k < i; k++) {
      const weight = factor[row + k];
      for (let j = 0; j <= k; j++) inverse[row + j] -= weight * inverse[k * size + j];
    }
    const pivot = factor[row + i];
    for (let j = 0; j < i; j++) inverse[row + j] /= pivot;
    inverse[row + i] = 1 / pivot;
  }
  return inverse;
}

function dot(values: Float64Array, a: number, b: number, count: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let j = 0;
  for (; j + 3 < count; j += 4) {
    s0 += values[a + j] * values[b + j];
    s1 += values[a + j + 1] * values[b + j + 1];
    s2 += values[a + j + 2] * values[b + j + 2];
    s3 += values[a + j + 3] * values[b + j + 3];
  }
  for (; j < count; j++) s0 += values[a + j] * values[b + j];
  return s0 + s1 + s2 + s3;
}
