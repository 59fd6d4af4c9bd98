import type { Matrix } from '../matrix.js';
import { affineMap } from '../models/affine-map.js';
import { symmetricEigen } from '../reductions/symmetric-eigen.js';

/** A map to few columns that brings no two rows further apart than they are, but for rounding. */
export interface Reduction {
  /** Reduced rows, [rows, width]. */
  apply(x: Matrix<Float32Array>): Reduced;
}

/** Rows as a reduction gave them. */
export interface Reduced {
  readonly z: Matrix<Float32Array>;
  /** The most by which a row may lie beside its place. */
  readonly error: number;
}

type Sample = { readonly rows: number; readonly columns: number; readonly data: Float64Array };

const SAMPLE = 400; // rows that the basis is found from; it moves the time of a search, not what it finds
const VARIANCE = 0.9; // of the components in the sample; with more the scan costs more, with less what passes it
const LEAST = 15;
const DEPENDENT = 1e-8; // of the sample's variance: a direction with less is rounding, and not orthogonal
const BLOCK = 1024;

/**
 * Principal components and the length of what they leave of a row (a reduced row is a rotated row whose other columns are folded into one, so the
 * triangle inequality bounds distances from below). `undefined` where it would have more than half of the columns, or rows do not vary.
 */
export function reductionOf(x: Matrix<Float32Array>): Reduction | undefined {
  const { columns } = x;
  const most = Math.floor(columns / 2) - 1;
  const { sample, mean } = centredSample(x);
  const products = gram(sample);
  let total = 0;
  for (let i = 0; i < sample.rows; i++) total += products[i * sample.rows + i];
  if (!(total > 0)) return undefined;
  const { values, vectors, count } = symmetricEigen(products, sample.rows, (all) => Math.min(most + 1, Math.max(LEAST, reaching(all, VARIANCE * total))), () => undefined);
  if (count > most || values[count - 1] < DEPENDENT * total) return undefined;
  const basis = new Float64Array(count * columns);
  for (let r = 0, u = 0; r < count; r++) {
    for (let row = 0; row < sample.rows; row++, u++) {
      for (let j = 0; j < columns; j++) basis[r * columns + j] += (vectors[u] * sample.data[row * columns + j]) / Math.sqrt(values[r]);
    }
  }
  return mapTo(mean, Float32Array.from(basis));
}

/** How many of the falling values it takes until their sum is above the goal. */
function reaching(values: Float64Array, goal: number): number {
  let count = 0;
  for (let sum = 0; count < values.length && sum <= goal; count++) sum += values[count];
  return count;
}

function centredSample({ rows, columns, data }: Matrix<Float32Array>): { readonly sample: Sample; readonly mean: Float32Array } {
  const count = Math.min(rows, SAMPLE);
  const sample = { rows: count, columns, data: new Float64Array(count * columns) };
  const sums = new Float64Array(columns);
  for (let i = 0, to = 0; i < count; i++) {
    const from = Math.floor((i * rows) / count) * columns;
    for (let j = 0; j < columns; j++, to++) sums[j] += sample.data[to] = data[from + j];
  }
  const mean = Float32Array.from(sums, (sum) => sum / count);
  for (let i = 0, to = 0; i < count; i++) for (let j = 0; j < columns; j++, to++) sample.data[to] -= mean[j];
  return { sample, mean };
}

/** [rows, rows]: products of rows with rows. */
function gram({ rows, columns, data }: Sample): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = a * columns, j = b * columns; i < (a + 1) * columns; i++, j++) sum += data[i] * data[j];
      products[a * rows + b] = products[b * rows + a] = sum;
    }
  }
  return products;
}

/** @param basis [width, columns], orthonormal */
function mapTo(mean: Float32Array, basis: Float32Array): Reduction {
  const columns = mean.length;
  const width = basis.length / columns;
  const turned = new Float32Array(basis.length);
  for (let r = 0; r < width; r++) for (let j = 0; j < columns; j++) turned[j * width + r] = basis[r * columns + j];
  const [into, back] = [affineMap(mean, turned), affineMap(new Float32Array(width), basis)];
  return {
    apply({ rows, data }) {
      const z = new Float32Array(rows * (width + 1));
      let longest = 0;
      for (let from = 0; from < rows; from += BLOCK) {
        const part = { rows: Math.min(BLOCK, rows - from), columns, data: data.subarray(from * columns, (from + BLOCK) * columns) };
        const reduced = into(part);
        const explained = back(reduced).data;
        for (let row = 0, i = 0; row < part.rows; row++) {
          let [left, length] = [0, 0];
          for (let j = 0; j < columns; j++, i++) {
            const centred = part.data[i] - mean[j];
            length += centred * centred;
            left += (centred - explained[i]) ** 2;
          }
          const to = (from + row) * (width + 1);
          z.set(reduced.data.subarray(row * width, (row + 1) * width), to);
          z[to + width] = Math.sqrt(left);
          longest = Math.max(longest, length);
        }
      }
      // The rounding of both products (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1), three times for both coordinates and the basis.
      return { z: { rows, columns: width + 1, data: z }, error: 3.3 * Math.sqrt(width) * (columns + 8) * 2 ** -24 * Math.sqrt(longest) };
    },
  };
}
