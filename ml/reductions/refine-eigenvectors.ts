/** Products of an eigenvector estimate with all others, and sums over all of them, in float32 or better. */
export interface EigenBasis {
  /** [size], falling. */
  readonly values: Float64Array;
  /** rows [count, size] -> rows times the basis' vectors, [count, size]. */
  coordinates(rows: Float64Array): Float64Array;
  /** coordinates [count, size] -> rows, [count, size]. */
  combine(coordinates: Float64Array): Float64Array;
}

/** Eigenvalues nearer than this part of the largest cannot be told apart by a float32 basis. */
const CLOSE = 2e-6;

/**
 * One step from float32 towards float64 for some eigenvectors (rows, of length 1, changed in place) of a symmetric matrix: the residual is
 * taken in float64, and the correction, which is small, from the float32 basis: E_ij = v_j r_i / (l_i - l_j) (the first-order
 * step of Ogita and Aishima 2018). Returns the eigenvalues (Rayleigh quotients, whose error is the square of the vectors').
 */
export function refineEigenvectors(matrix: Float64Array, size: number, vectors: Float64Array, basis: EigenBasis, working: () => void): Float64Array {
  const count = vectors.length / size;
  const images = timesSymmetric(vectors, matrix, size, working);
  const quotients = new Float64Array(count);
  for (let r = 0; r < count; r++) {
    const [from, to] = [r * size, (r + 1) * size];
    const vector = vectors.subarray(from, to);
    const image = images.subarray(from, to);
    const quotient = dot(vector, image) / dot(vector, vector);
    quotients[r] = quotient;
    for (let j = 0; j < size; j++) image[j] -= quotient * vector[j];
  }
  const coordinates = basis.coordinates(images);
  const close = CLOSE * Math.abs(basis.values[0]);
  for (let r = 0, i = 0; r < count; r++) {
    for (let j = 0; j < size; j++, i++) {
      const gap = quotients[r] - basis.values[j];
      coordinates[i] = j === r || Math.abs(gap) <= close ? 0 : coordinates[i] / gap;
    }
  }
  const corrections = basis.combine(coordinates);
  for (let i = 0; i < vectors.length; i++) vectors[i] += corrections[i];
  orthonormalise(vectors, size, (r, s) => Math.abs(quotients[r] - quotients[s]) <= close);
  return quotients;
}

/**
 * rows [count, size] times a symmetric matrix, in float64. Four rows meet two columns at a time: eight sums stay in registers, and
 * each number of the matrix is read a quarter as often.
 */
function timesSymmetric(rows: Float64Array, matrix: Float64Array, size: number, working: () => void): Float64Array {
  const count = rows.length / size;
  const out = new Float64Array(rows.length);
  const fourRows = count - (count % 4);
  const twoColumns = size - (size % 2);
  for (let r = 0; r < fourRows; r += 4) {
    working();
    const first = r * size;
    for (let j = 0; j < twoColumns; j += 2) {
      let a0 = 0, a1 = 0, b0 = 0, b1 = 0, c0 = 0, c1 = 0, d0 = 0, d1 = 0;
      for (let i = 0, m = j * size, a = first; i < size; i++, m++, a++) {
        const left = matrix[m];
        const right = matrix[m + size];
        const va = rows[a];
        const vb = rows[a + size];
        const vc = rows[a + 2 * size];
        const vd = rows[a + 3 * size];
        a0 += va * left;
        a1 += va * right;
        b0 += vb * left;
        b1 += vb * right;
        c0 += vc * left;
        c1 += vc * right;
        d0 += vd * left;
        d1 += vd * right;
      }
      const to = first + j;
      out[to] = a0;
      out[to + 1] = a1;
      out[to + size] = b0;
      out[to + size + 1] = b1;
      out[to + 2 * size] = c0;
      out[to + 2 * size + 1] = c1;
      out[to + 3 * size] = d0;
      out[to + 3 * size + 1] = d1;
    }
    for (let row = r; row < r + 4; row++) dotsFrom(row, twoColumns);
  }
  for (let row = fourRows; row < count; row++) dotsFrom(row, 0);
  return out;

  function dotsFrom(row: number, column: number): void {
    for (let j = column; j < size; j++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += rows[row * size + i] * matrix[j * size + i];
      out[row * size + j] = sum;
    }
  }
}

/** Rows of length 1; rows of nearly equal eigenvalues, which the step leaves as they were, made orthogonal to those before. */
function orthonormalise(vectors: Float64Array, size: number, close: (r: number, s: number) => boolean): void {
  for (let r = 0; r < vectors.length / size; r++) {
    const vector = vectors.subarray(r * size, (r + 1) * size);
    for (let s = r - 1; s >= 0 && close(r, s); s--) {
      const other = vectors.subarray(s * size, (s + 1) * size);
      const share = dot(vector, other);
      for (let j = 0; j < size; j++) vector[j] -= share * other[j];
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let j = 0; j < size; j++) vector[j] /= length;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
