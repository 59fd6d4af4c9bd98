import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import { eigenCoordinates, householderQl } from '../../../ml/reductions/householder-ql.js';
import { assertNear } from './golden.js';

/** Symmetric, of the given rank, with a row and a column of zeros. */
function symmetric(size: number, rank: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const factor = Float64Array.from({ length: size * rank }, (_, i) => (Math.floor(i / rank) === 3 ? 0 : random.normal()));
  return Float64Array.from({ length: size * size }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += (k % 2 === 0 ? 1 : -1) * (factor[Math.floor(at / size) * rank + k] ?? NaN) * (factor[(at % size) * rank + k] ?? NaN);
    return sum;
  });
}

describe('householderQl', () => {
  for (const [size, rank] of [[90, 90], [90, 40], [5, 5], [4, 1]] as const) {
    it(`has ml-matrix's eigenvalues, and vectors that are eigenvectors: ${size}, rank ${rank}`, () => {
      const matrix = symmetric(size, rank, size + rank);
      let calls = 0;
      const { values, vectors } = householderQl(matrix, size, () => calls++);
      const oracle = new EigenvalueDecomposition(Matrix.from1DArray(size, size, matrix), { assumeSymmetric: true });
      assertNear(values, oracle.realEigenvalues.sort((a, b) => a - b), 1e-12, 'values');
      const scale = Math.max(...values.map(Math.abs));
      for (let r = 0; r < size; r++) {
        const vector = vectors.subarray(r * size, (r + 1) * size);
        assertNear([vector.reduce((sum, value) => sum + value ** 2, 0)], [1], 1e-12, `length of ${r}`);
        for (let a = 0; a < size; a++) {
          const image = vector.reduce((sum, value, b) => sum + value * (matrix[a * size + b] ?? NaN), 0);
          assert.ok(Math.abs(image - (values[r] ?? NaN) * (vector[a] ?? NaN)) < 1e-12 * scale, `vector ${r}, ${a}`);
        }
        for (let other = 0; other < r; other++) {
          const product = vector.reduce((sum, value, a) => sum + value * (vectors[other * size + a] ?? NaN), 0);
          assert.ok(Math.abs(product) < 1e-12, `vectors ${r} and ${other}: ${product}`);
        }
      }
      assert.ok(calls > 0);
    });
  }

  it('leaves a diagonal matrix its diagonal, in rising order', () => {
    const { values, vectors } = householderQl(Float64Array.from([3, 0, 0, 0, 1, 0, 0, 0, 2]), 3, () => {});
    assert.deepEqual([...values], [1, 2, 3]);
    assert.deepEqual([...vectors].map(Math.abs), [0, 1, 0, 0, 0, 1, 1, 0, 0]);
  });
});

describe('eigenCoordinates', () => {
  for (const [size, rank] of [[90, 90], [90, 40], [5, 5], [1, 1]] as const) {
    it(`turns vectors so that the matrix scales them, and back: ${size}, rank ${rank}`, () => {
      const matrix = symmetric(size, rank, size + rank);
      const random = createRandom(rank);
      const given = Float64Array.from({ length: size * 3 }, () => random.normal());
      const { values, coordinates, combine } = eigenCoordinates(matrix, size, given, () => undefined);
      assertNear(combine(coordinates), given, 1e-12, 'back');
      assertNear(values.slice().sort(), householderQl(matrix, size, () => undefined).values, 1e-11, 'values');
      const image = Float64Array.from(given, (_, at) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += (matrix[Math.floor(at / 3) * size + j] ?? NaN) * (given[j * 3 + (at % 3)] ?? NaN);
        return sum;
      });
      assertNear(combine(coordinates.map((value, at) => value * (values[Math.floor(at / 3)] ?? NaN))), image, 1e-11, 'image');
    });
  }
});
