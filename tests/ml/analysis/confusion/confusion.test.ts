import assert from 'node:assert/strict';
import { borderPairs } from '../../../../ml/analysis/confusion/border-pairs.js';
import { confusableGroups } from '../../../../ml/analysis/confusion/confusable-groups.js';
import { confusablePairs } from '../../../../ml/analysis/confusion/confusable-pairs.js';
import { neighbourVotes } from '../../../../ml/analysis/confusion/neighbour-votes.js';
import type { PixelNeighbours } from '../../../../ml/analysis/duplicates/re-rank.js';

const labels = Uint8Array.of(3, 3, 8, 8, 8, 3);
const graph: PixelNeighbours = {
  rows: 6, k: 3,
  indices: Int32Array.of(1, 2, 5, /**/ 2, 0, 5, /**/ 1, 3, 4, /**/ 4, 2, 1, /**/ 3, 2, 5, /**/ 0, 1, 4),
  squares: Int32Array.of(9, 10, 11, 4, 9, 12, 4, 8, 13, 2, 8, 20, 2, 9, 30, 5, 6, 7),
};

describe('nearest-neighbour class confusion', () => {
  it('takes the nearest row\'s class with one voter, the majority\'s with three', () => {
    assert.deepEqual([...neighbourVotes(graph.indices, 3, 1, labels)], [3, 8, 3, 8, 8, 3]);
    assert.deepEqual([...neighbourVotes(graph.indices, 3, 3, labels)], [3, 3, 8, 8, 8, 3]);
  });

  it('breaks a tie by the nearest of the classes tied', () => {
    assert.deepEqual([...neighbourVotes(graph.indices, 3, 2, labels)].slice(0, 3), [3, 8, 3]);
  });

  it('ranks pairs by the rate either class is taken for the other', () => {
    const [first, second, third] = confusablePairs([[8, 2, 0], [0, 9, 1], [0, 3, 17]]);
    assert.deepEqual(first, { classes: [1, 2], counts: [1, 3], rate: 4 / 30 });
    assert.deepEqual(second, { classes: [0, 1], counts: [2, 0], rate: 2 / 20 });
    assert.equal(third?.rate, 0);
  });

  it('groups classes that touch and leaves the others alone', () => {
    const matrix = Array.from({ length: 6 }, (_, a) => Array.from({ length: 6 }, (_, b): number => (a === b ? 100 : 0)));
    const touch = (a: number, b: number, count: number): void => {
      (matrix[a] ?? [])[b] = count;
    };
    touch(0, 1, 30);
    touch(1, 2, 20);
    touch(2, 0, 14);
    touch(3, 5, 25);
    const { groups, merges, rate } = confusableGroups(confusablePairs(matrix));
    assert.deepEqual(groups, [[0, 1, 2], [3, 5]]);
    assert.equal(merges.length, 5);
    merges.forEach((merge, i) => assert.ok(i === 0 || merge.rate <= (merges[i - 1]?.rate ?? NaN)));
    assert.deepEqual(merges[0]?.groups, [[0], [1]]);
    assert.ok(rate > 0);
  });

  it('finds no group where nothing is confused', () => {
    assert.deepEqual(confusableGroups(confusablePairs([[5, 0], [0, 5]])).groups, []);
  });

  it('sees a border where two rows of different classes are each other\'s nearest', () => {
    assert.deepEqual(borderPairs(graph, labels), [{ rows: [1, 2], squared: 4 }]);
  });
});
