import assert from 'node:assert/strict';
import type { Matrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { listSearch } from '../../../ml/neighbours/list-search.js';
import { nearestNeighbours } from '../../../ml/neighbours/nearest-neighbours.js';
import { rowLists } from '../../../ml/neighbours/row-lists.js';
import { createRandom } from '../../../ml/random.js';

describe('the search through lists', () => {
  const random = createRandom(5);
  const clouds = (rows: number, columns: number): Matrix<Float32Array> => {
    const data = new Float32Array(rows * columns);
    for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) data[i] = 3 * ((row * 7 + j * row) % 5) + random.normal();
    return { rows, columns, data };
  };
  const all = clouds(3100, 12);
  const [x, queries] = [rowsBetween(all, 0, 3000), rowsBetween(all, 3000, 3100)];
  const lists = rowLists(x, 50, 1, () => undefined);
  const exact = nearestNeighbours(x, 10, { queries });

  const recall = (probes: number): number => {
    const { indices } = listSearch(x, 10, lists, probes)(queries);
    let hits = 0;
    for (let row = 0; row < 100; row++) {
      const found = new Set(indices.subarray(row * 10, row * 10 + 10));
      for (const index of exact.indices.subarray(row * 10, row * 10 + 10)) if (found.has(index)) hits++;
    }
    return hits / 1000;
  };

  it('finds what the exact search finds when it looks at every list', () => {
    const found = listSearch(x, 10, lists, 50)(queries);
    assert.deepEqual(found.distances, exact.distances);
    assert.deepEqual(found.indices, exact.indices);
  });

  it('finds 95 % of the neighbours in a fifth of the lists, and the more the more it looks at', () => {
    const [one, ten] = [recall(1), recall(10)];
    assert.ok(ten >= 0.95, `recall ${ten}`);
    assert.ok(one < ten && one > 0.3, `recall ${one} from one list`);
  });

  it('puts every row into the list of its nearest centre', () => {
    const nearest = nearestNeighbours(lists.centres, 1, { queries: x }).indices;
    assert.deepEqual([...lists.assignment], [...nearest]);
    assert.ok(new Set(lists.assignment).size > 40);
  });

  it('goes on to further lists until it has k rows', () => {
    const own = rowLists(rowsBetween(x, 0, 40), 40, 1, () => undefined); // about a row each
    const found = listSearch(rowsBetween(x, 0, 40), 10, own, 1)(queries);
    for (let row = 0; row < 100; row++) assert.equal(new Set(found.indices.subarray(row * 10, row * 10 + 10)).size, 10);
  });

  it('finds every row of a list when all rows are equal', () => {
    const same: Matrix<Float32Array> = { rows: 500, columns: 3, data: new Float32Array(1500).fill(2) };
    const found = listSearch(same, 5, rowLists(same, 4, 1, () => undefined), 4)(rowsBetween(same, 0, 2));
    assert.deepEqual([...found.distances], Array.from({ length: 10 }, () => 0));
    assert.equal(new Set(found.indices.subarray(0, 5)).size, 5);
  });

  it('finds the same for a query alone as among others', () => {
    const search = listSearch(x, 10, lists, 3);
    const [whole, one] = [search(queries), search(rowsBetween(queries, 41, 42))];
    assert.deepEqual(one.indices, whole.indices.slice(410, 420));
  });
});
