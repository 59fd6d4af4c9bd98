import assert from 'node:assert/strict';
import type { Matrix } from '../../../ml/matrix.js';
import { exactSearch } from '../../../ml/neighbours/exact-search.js';
import { fullSearch } from '../../../ml/neighbours/full-search.js';
import { prunedSearch } from '../../../ml/neighbours/pruned-search.js';
import { reductionOf } from '../../../ml/neighbours/reduced-rows.js';
import { createRandom } from '../../../ml/random.js';

describe('exactSearch', () => {
  it('finds of wide rows what the full search finds, to the last bit', () => {
    const x = layered(5000, 70, 1);
    const queries = layered(150, 70, 2);
    for (const k of [1, 5, 40]) assert.deepEqual(exactSearch(x, k)(queries), fullSearch(x, k)(queries), `k = ${k}`);
  });

  it('finds the same for a query alone, and counts the queries it has answered', () => {
    const x = layered(4500, 64, 3);
    const queries = layered(70, 64, 4);
    const search = exactSearch(x, 3);
    const done: number[] = [];
    const found = search(queries, (count) => done.push(count));
    const last = search({ rows: 1, columns: 64, data: queries.data.subarray(69 * 64) });
    assert.deepEqual(last.indices, found.indices.subarray(69 * 3));
    assert.deepEqual(last.distances, found.distances.subarray(69 * 3));
    assert.deepEqual(done, [64, 70]);
  });
});

describe('prunedSearch', () => {
  it('orders equal distances by row, even when more rows are equal than a list holds', () => {
    const x = layered(3000, 64, 5);
    for (let row = 0; row < 3000; row++) if (row % 4 > 0) x.data.set(x.data.subarray(64 * (row % 2), 64 * (row % 2) + 64), 64 * row);
    const queries = { rows: 3, columns: 64, data: Float32Array.from([...x.data.subarray(0, 128), ...layered(1, 64, 7).data]) };
    const reduction = reductionOf(x);
    assert.ok(reduction);
    assert.deepEqual(prunedSearch(x, 9, reduction)(queries), fullSearch(x, 9)(queries));
  });

  it('is right for rows far from the origin whose differences are small', () => {
    const x = layered(2000, 64, 8);
    x.data.forEach((value, i) => (x.data[i] = 1000 + Math.round(value * 64) / 1024));
    const queries = { rows: 40, columns: 64, data: x.data.slice(64 * 500, 64 * 540) };
    const reduction = reductionOf(x);
    assert.ok(reduction);
    assert.deepEqual(prunedSearch(x, 6, reduction)(queries), fullSearch(x, 6)(queries));
  });
});

describe('reductionOf', () => {
  it('brings no two rows further apart than they are', () => {
    const x = layered(300, 64, 9);
    const reduction = reductionOf(x);
    assert.ok(reduction);
    const { z, error } = reduction.apply(x);
    assert.ok(z.columns < 32);
    for (let row = 1; row < 300; row++) {
      const [near, real] = [distance(z, row), distance(x, row)];
      assert.ok(near <= real + 2 * error && near > 0.3 * real, `row ${row}: ${near} of ${real}`);
    }
  });

  it('says that there is none when every direction has as much, and when rows are equal', () => {
    const random = createRandom(10);
    assert.equal(reductionOf({ rows: 500, columns: 64, data: Float32Array.from({ length: 500 * 64 }, () => random.normal()) }), undefined);
    assert.equal(reductionOf({ rows: 500, columns: 64, data: new Float32Array(500 * 64).fill(2) }), undefined);
  });
});

/** Rows with much spread in a few directions, across the columns, and a little in all. */
function layered(rows: number, columns: number, seed: number): Matrix<Float32Array> {
  const [random, directions] = [createRandom(seed), createRandom(99)];
  const basis = Array.from({ length: 12 * columns }, () => directions.normal());
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const at = Array.from({ length: 12 }, (_, r) => random.normal() / (1 + r));
    for (let j = 0; j < columns; j++) data[row * columns + j] = at.reduce((sum, value, r) => sum + value * (basis[r * columns + j] ?? 0), 0.3 * random.normal());
  }
  return { rows, columns, data };
}

function distance({ columns, data }: Matrix<Float32Array>, row: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += ((data[j] ?? 0) - (data[row * columns + j] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
