import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import { cholesky, inverseFactor, solve } from '../../../ml/reductions/cholesky.js';

describe("Cholesky's factor", () => {
  const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
    assert.equal(actual.length, expected.length);
    expected.forEach((value, i) => assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) < 1e-9, `${i}: ${actual[i]} is not ${value}`));
  };

  it('is the known one of a small matrix', () => {
    close(cholesky(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), 3).factor, [2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  it('solves what it was made of, and its inverse is one', () => {
    const [size, random] = [23, createRandom(1)];
    const rows = Array.from({ length: 40 }, () => Array.from({ length: size }, () => random.normal()));
    const matrix = Float64Array.from({ length: size * size }, (_, i) => rows.reduce((sum, row) => sum + (row[Math.floor(i / size)] ?? 0) * (row[i % size] ?? 0), 0));
    const made = cholesky(matrix, size);
    assert.equal(made.rank, size);
    const x = Array.from({ length: size }, (_, i) => i - 7);
    close(solve(made, Float64Array.from(x, (_, i) => x.reduce((sum, value, j) => sum + (matrix[i * size + j] ?? 0) * value, 0))), x);
    const inverse = inverseFactor(made);
    close(Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return x.reduce((sum, _x, k) => sum + (inverse[i * size + k] ?? 0) * (made.factor[k * size + j] ?? 0), 0);
    }), Array.from({ length: size * size }, (_, at) => Number(Math.floor(at / size) === at % size)));
  });

  it('leaves out columns that depend on those before, and columns of zeros', () => {
    // The third column is the sum of the first two, the fourth is nothing.
    const made = cholesky(Float64Array.of(2, 1, 3, 0, 1, 2, 3, 0, 3, 3, 6, 0, 0, 0, 0, 0), 4);
    assert.equal(made.rank, 2);
    close(solve(made, Float64Array.of(4, 5, 9, 0)), [1, 2, 0, 0]);
  });
});
