import assert from 'node:assert/strict';
import type { KernelFunction } from '../../../ml/svm/kernel-function.js';
import { kernelTiles, RIGHT_BLOCK } from '../../../ml/svm/kernel-tiles.js';
import { prepareRows } from '../../../ml/svm/prepare-rows.js';
import type { PreparedRows } from '../../../ml/svm/prepare-rows.js';
import { createRandom } from '../../../ml/random.js';

const COLUMNS = 7; // odd: one is padding
const ROWS = 150; // more than a block of left rows
const KERNELS: readonly KernelFunction[] = [
  { kernel: 'rbf', gamma: 0.3, degree: 3, coef0: 0 },
  { kernel: 'linear', gamma: 1, degree: 3, coef0: 0 },
  ...[1, 2, 3, 6, 9].map((degree): KernelFunction => ({ kernel: 'polynomial', gamma: 0.4, degree, coef0: 1.5 })),
];

describe('kernel tiles', () => {
  const random = createRandom(5);
  const x = Float32Array.from({ length: ROWS * COLUMNS }, () => random.normal());
  const centre = Float32Array.from({ length: COLUMNS }, () => random.normal());
  const prepared = (kernel: KernelFunction): PreparedRows => prepareRows({ rows: ROWS, columns: COLUMNS, data: x }, kernel, centre);
  const all = Int32Array.from({ length: ROWS }, (_, row) => row);

  for (const kernel of KERNELS) {
    it(`are the values of ${kernel.kernel} ${kernel.kernel === 'polynomial' ? kernel.degree : ''}, as float64 computes them`, () => {
      const values = table(kernel, prepared(kernel), all);
      for (let a = 0; a < ROWS; a++) {
        for (let b = 0; b < ROWS; b++) {
          const expected = plain(kernel, a, b);
          const got = values[a * ROWS + b] ?? Number.NaN;
          assert.ok(Math.abs(got - expected) <= 1e-5 * Math.max(1, Math.abs(expected)), `${a}, ${b}: ${got}, expected ${expected}`);
        }
      }
    });

    it(`are the same to the last bit with left and right swapped, and among other rows: ${kernel.kernel} ${kernel.degree}`, () => {
      const set = prepared(kernel);
      const values = table(kernel, set, all);
      for (let a = 0; a < ROWS; a++) for (let b = 0; b < a; b++) assert.equal(values[a * ROWS + b], values[b * ROWS + a]);
      const few = Int32Array.of(149, 3, 77);
      const alone = table(kernel, set, few);
      few.forEach((a, i) => few.forEach((b, j) => assert.equal(alone[i * 3 + j], values[a * ROWS + b])));
    });
  }

  it('are exactly 1 of a row with itself for RBF, however large gamma, and vanish elsewhere', () => {
    const kernel: KernelFunction = { kernel: 'rbf', gamma: 1e7, degree: 3, coef0: 0 };
    const values = table(kernel, prepared(kernel), all);
    for (let a = 0; a < ROWS; a++) {
      assert.equal(values[a * ROWS + a], 1);
      for (let b = 0; b < a; b++) assert.ok((values[a * ROWS + b] ?? 1) < 1e-30);
    }
  });

  it('are right to a few units of the last place over the whole range of exponents', () => {
    const data = Float32Array.from({ length: 500 }, (_, i) => i * 0.026);
    const kernel: KernelFunction = { kernel: 'rbf', gamma: 0.5, degree: 3, coef0: 0 };
    const set = prepareRows({ rows: 500, columns: 1, data }, kernel, Float32Array.of(0));
    const values = table(kernel, set, Int32Array.from({ length: 500 }, (_, row) => row));
    for (let b = 0; b < 500; b++) {
      const exponent = -(((data[b] ?? 0) - 0) ** 2) / 2; // down to -84
      const expected = Math.exp(exponent);
      assert.ok(Math.abs((values[b] ?? 0) / expected - 1) < 1e-6 * Math.max(2, -exponent), `${exponent}: ${values[b]}, expected ${expected}`);
    }
  });

  it('add up times factors as JavaScript adds, to the last bit, and touch nothing beside', () => {
    const tiles = kernelTiles(KERNELS[0] ?? assert.fail(), prepared(KERNELS[0] ?? assert.fail()).columns);
    const set = prepared(KERNELS[0] ?? assert.fail());
    tiles.takeLeft(set, all);
    tiles.takeRight(set, all, 0, ROWS);
    const values = tiles.values(0, 128).slice();
    const [rows, factors] = [Uint8Array.of(3, 0, 127), Float64Array.of(-0.1, 1 / 3, 7)];
    const count = 21; // no multiple of what is held in registers
    const sums = Float64Array.from({ length: 40 }, () => random.normal());
    const expected = sums.map((sum, i) => {
      const t = i - 5;
      return t < 0 || t >= count ? sum : rows.reduce((total, row, k) => total + (factors[k] ?? 0) * (values[row * RIGHT_BLOCK + t] ?? Number.NaN), sum);
    });
    tiles.accumulate(rows, factors, sums, 5, count);
    assert.deepEqual(sums, expected);
  });

  function table(kernel: KernelFunction, set: PreparedRows, rows: Int32Array): Float32Array {
    const tiles = kernelTiles(kernel, set.columns);
    const out = new Float32Array(rows.length * rows.length);
    tiles.takeLeft(set, rows);
    tiles.takeRight(set, rows, 0, rows.length);
    for (let from = 0; from < rows.length; from += 128) {
      const to = Math.min(rows.length, from + 128);
      const values = tiles.values(from, to);
      for (let row = from; row < to; row++) {
        const at = (row - from) * RIGHT_BLOCK;
        out.set(values.subarray(at, at + rows.length), row * rows.length);
      }
    }
    return out;
  }

  function plain({ kernel, gamma, degree, coef0 }: KernelFunction, a: number, b: number): number {
    let [product, distance] = [0, 0];
    for (let j = 0; j < COLUMNS; j++) {
      const [u, v] = [x[a * COLUMNS + j] ?? 0, x[b * COLUMNS + j] ?? 0];
      product += u * v;
      distance += (u - v) ** 2;
    }
    return kernel === 'rbf' ? Math.exp(-gamma * distance) : kernel === 'linear' ? product : (gamma * product + coef0) ** degree;
  }
});
