import assert from 'node:assert/strict';
import type { Matrix } from '../../../ml/matrix.js';
import { nearestNeighbours } from '../../../ml/neighbours/nearest-neighbours.js';
import type { Neighbours } from '../../../ml/neighbours/neighbours.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';

describe('nearestNeighbours', () => {
  it('finds what brute force finds, for all sizes of groups, columns and k', () => {
    for (const [rows, columns, k] of [[17, 1, 16], [100, 2, 12], [333, 7, 90], [1300, 50, 15], [700, 3, 1]] as const) {
      const x = cloud(rows, columns, rows);
      assert.deepEqual(nearestNeighbours(x, k), bruteForce(x, k), `${rows} x ${columns}, k = ${k}`);
    }
  });

  it('finds the neighbours of queries among the rows, a row equal to the query included', () => {
    const x = cloud(500, 20, 1);
    const queries = { rows: 67, columns: 20, data: Float32Array.from([...x.data.subarray(0, 20), ...cloud(66, 20, 2).data]) };
    const found = nearestNeighbours(x, 10, { queries });
    assert.deepEqual(found, bruteForce(x, 10, queries));
    assert.equal(found.indices[0], 0);
    assert.equal(found.distances[0], 0);
  });

  it('orders equal distances by row, even when more rows are equal than a list holds', () => {
    const x = cloud(3000, 4, 3);
    for (let row = 0; row < 3000; row++) x.data.set(x.data.subarray(4 * (row % 3), 4 * (row % 3) + 4), 4 * row);
    assert.deepEqual(nearestNeighbours(x, 7), bruteForce(x, 7));
  });

  it('tells near-identical rows apart although they lie far from the origin', () => {
    const x = cloud(2000, 10, 4);
    x.data.forEach((value, i) => (x.data[i] = 1000 + Math.round(value * 4) / 1024));
    assert.deepEqual(nearestNeighbours(x, 20), bruteForce(x, 20));
  });

  it('counts the queries it has answered', () => {
    const done: number[] = [];
    nearestNeighbours(cloud(150, 3, 5), 2, { onProgress: (count) => done.push(count) });
    assert.deepEqual(done, [64, 128, 150]);
  });

  it('refuses a k that the rows cannot answer, other widths and values that are not finite', () => {
    const x = cloud(10, 3, 6);
    for (const k of [0, 10, 1.5]) assert.throws(() => nearestNeighbours(x, k), InvalidConfigError);
    assert.throws(() => nearestNeighbours(x, 2, { queries: cloud(4, 2, 7) }), InvalidDataError);
    x.data[7] = NaN;
    assert.throws(() => nearestNeighbours(x, 2), (error: Error) => error instanceof InvalidDataError && /row 2 holds NaN/.test(error.message));
  });
});

function cloud(rows: number, columns: number, seed: number): Matrix<Float32Array> {
  const random = createRandom(seed);
  return { rows, columns, data: Float32Array.from({ length: rows * columns }, () => random.normal()) };
}

function bruteForce(x: Matrix<Float32Array>, k: number, queries?: Matrix<Float32Array>): Neighbours {
  const asked = queries ?? x;
  const indices = new Int32Array(asked.rows * k);
  const distances = new Float32Array(asked.rows * k);
  for (let query = 0; query < asked.rows; query++) {
    const all = Array.from({ length: x.rows }, (_, row) => ({ row, squared: squaredDistance(x, row, asked, query) }))
      .filter(({ row }) => queries !== undefined || row !== query)
      .sort((a, b) => a.squared - b.squared || a.row - b.row);
    all.slice(0, k).forEach(({ row, squared }, i) => {
      indices[query * k + i] = row;
      distances[query * k + i] = Math.sqrt(squared);
    });
  }
  return { rows: asked.rows, k, indices, distances };
}

function squaredDistance(a: Matrix<Float32Array>, i: number, b: Matrix<Float32Array>, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.columns; c++) sum += ((b.data[j * b.columns + c] ?? NaN) - (a.data[i * a.columns + c] ?? NaN)) ** 2;
  return sum;
}
