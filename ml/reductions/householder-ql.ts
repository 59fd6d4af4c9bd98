import { InternalError } from '../../shared/errors.js';

const EPSILON = 2 ** -52;
const SWEEPS = 60;

/**
 * All eigenvalues, rising, and eigenvectors (the rows of `vectors`) of a symmetric matrix [size, size], in float64: Householder's reduction to
 * three diagonals and implicit QL (tred2 and tql2 of Bowdler, Martin, Reinsch and Wilkinson, as in EISPACK and JAMA). ml-matrix computes the same; here
 * the work runs along rows, which takes half the time for some hundred columns, and `working` is called all along.
 */
export function householderQl(matrix: Float64Array, size: number, working: () => void): { values: Float64Array; vectors: Float64Array } {
  const vectors = matrix.slice();
  const values = new Float64Array(size);
  const beside = new Float64Array(size);
  reduce(vectors, values, beside, size, working);
  accumulate(vectors, values, size, working);
  beside.copyWithin(0, 1);
  beside[size - 1] = 0;
  iterate(values, beside, size, (row, c, s) => rotate(vectors, row * size, size, c, s), working);
  return sortRows(vectors, values, size);
}

/** Vectors in the coordinates of a matrix's eigenvectors, which are not written out. */
export interface EigenCoordinates {
  /** [size], in no order. */
  readonly values: Float64Array;
  /** [size, width]: a row an eigenvector, in the order of the values. */
  readonly coordinates: Float64Array;
  /** Brings coordinates [size, any width] back to vectors, as columns. */
  combine(coordinates: Float64Array): Float64Array;
}

/**
 * What `householderQl` says of a few vectors: its reflections and rotations turn them alone, not all eigenvectors, which is most of its work.
 * @param given [size, width]: the vectors as columns
 */
export function eigenCoordinates(matrix: Float64Array, size: number, given: Float64Array, working: () => void): EigenCoordinates {
  const reflections = matrix.slice();
  const values = new Float64Array(size);
  const beside = new Float64Array(size);
  reduce(reflections, values, beside, size, working);
  const halves = values.slice();
  for (let i = 0; i < size; i++) values[i] = reflections[i * size + i];
  beside.copyWithin(0, 1);
  beside[size - 1] = 0;
  const width = given.length / size;
  const coordinates = given.slice();
  for (let i = size - 1; i > 0; i--) reflect(coordinates, reflections.subarray(i * size, i * size + i), halves[i], width);
  const turned: number[] = [];
  iterate(values, beside, size, (row, c, s) => {
    turned.push(row, c, s);
    rotate(coordinates, row * width, width, c, s);
  }, working);
  return {
    values, coordinates,
    combine(wanted) {
      const rows = wanted.slice();
      const columns = rows.length / size;
      for (let i = turned.length - 3; i >= 0; i -= 3) rotate(rows, turned[i] * columns, columns, turned[i + 1], -turned[i + 2]);
      for (let i = 1; i < size; i++) reflect(rows, reflections.subarray(i * size, i * size + i), halves[i], columns);
      return rows;
    },
  };
}

/** Reflects the columns of values [size, width]: less u (u'column) / half, where half is u'u / 2, and u's further entries are 0. */
function reflect(values: Float64Array, u: Float64Array, half: number, width: number): void {
  if (half === 0) return;
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (let j = 0, at = k; j < u.length; j++, at += width) sum += u[j] * values[at];
    sum /= half;
    for (let j = 0, at = k; j < u.length; j++, at += width) values[at] -= sum * u[j];
  }
}

/** v [size, size] holds the reflections as rows, d the diagonal's makings, e what is beside the diagonal (from 1). */
function reduce(v: Float64Array, d: Float64Array, e: Float64Array, size: number, working: () => void): void {
  for (let j = 0; j < size; j++) d[j] = v[j * size + size - 1];
  for (let i = size - 1; i > 0; i--) {
    if (i % 8 === 0) working();
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[j * size + i - 1];
        v[j * size + i] = 0;
        v[i * size + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) h += (d[k] /= scale) ** 2;
      const f = d[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      for (let j = 0; j < i; j++) {
        const row = j * size;
        const own = d[j];
        v[i * size + j] = own;
        let sum = e[j] + v[row + j] * own;
        for (let k = j + 1; k < i; k++) {
          sum += v[row + k] * d[k];
          e[k] += v[row + k] * own;
        }
        e[j] = sum;
      }
      let share = 0;
      for (let j = 0; j < i; j++) share += (e[j] /= h) * d[j];
      share /= h + h;
      for (let j = 0; j < i; j++) e[j] -= share * d[j];
      for (let j = 0; j < i; j++) {
        const row = j * size;
        const [a, b] = [d[j], e[j]];
        for (let k = j; k < i; k++) v[row + k] -= a * e[k] + b * d[k];
        d[j] = v[row + i - 1];
        v[row + i] = 0;
      }
    }
    d[i] = h;
  }
}

/** The product of the reflections, as rows of v; the diagonal goes to d. */
function accumulate(v: Float64Array, d: Float64Array, size: number, working: () => void): void {
  for (let i = 0; i < size - 1; i++) {
    if (i % 8 === 0) working();
    const next = (i + 1) * size;
    v[i * size + size - 1] = v[i * size + i];
    v[i * size + i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[next + k] / h;
      for (let j = 0; j <= i; j++) {
        const row = j * size;
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[next + k] * v[row + k];
        for (let k = 0; k <= i; k++) v[row + k] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[next + k] = 0;
  }
  for (let j = 0; j < size; j++) {
    d[j] = v[j * size + size - 1];
    v[j * size + size - 1] = 0;
  }
  v[size * size - 1] = 1;
}

/** Implicit QL: e becomes 0, d the eigenvalues; `turn` gets the rotations of a row and the next that make the rows of v eigenvectors. */
function iterate(d: Float64Array, e: Float64Array, size: number, turn: (row: number, c: number, s: number) => void, working: () => void): void {
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < size; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (m < size - 1 && Math.abs(e[m]) > EPSILON * largest) m++;
    for (let sweep = 0; m > l && Math.abs(e[l]) > EPSILON * largest; sweep++) {
      if (sweep === SWEEPS) throw new InternalError(`Eigenvalue ${l} of ${size} did not settle in ${SWEEPS} sweeps.`);
      working();
      let g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const after = d[l + 1];
      let h = g - d[l];
      for (let i = l + 2; i < size; i++) d[i] -= h;
      shift += h;
      p = d[m];
      let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
      const besideFirst = e[l + 1];
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i];
        h = c * p;
        r = Math.hypot(p, e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]);
        turn(i, c, s);
      }
      p = (-s * s2 * c3 * besideFirst * e[l]) / after;
      e[l] = s * p;
      d[l] = c * p;
    }
    d[l] += shift;
    e[l] = 0;
  }
}

/** Turns two neighbouring rows into each other. */
function rotate(v: Float64Array, from: number, size: number, c: number, s: number): void {
  for (let a = from, b = from + size; a < from + size; a++, b++) {
    const held = v[b];
    v[b] = s * v[a] + c * held;
    v[a] = c * v[a] - s * held;
  }
}

function sortRows(v: Float64Array, d: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const order = Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => d[a] - d[b] || a - b);
  const vectors = new Float64Array(v.length);
  order.forEach((row, i) => vectors.set(v.subarray(row * size, (row + 1) * size), i * size));
  return { values: Float64Array.from(order, (row) => d[row]), vectors };
}
