import assert from 'node:assert/strict';
import { createRandom } from '../../../ml/random.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { labelled } from '../../support/fit-context.js';
import { binned, growATree, walkTree } from '../../support/grow-a-tree.js';

const { log } = Math;
const column = (labels: readonly number[]): LabelledMatrix => labelled(labels.map((_, row) => [row]), labels);

/** Rows of noise about their class, in columns of few and of many values. */
function noisy(rows: number, columns: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const labels = Array.from({ length: rows }, () => random.integer(4));
  return labelled(labels.map((label) => Array.from({ length: columns }, (_, j) => Math.round((label + 2 * random.normal()) * (j + 1)))), labels);
}

describe('a tree', () => {
  const nine = column([0, 0, 0, 1, 0, 1, 1, 1, 1]);
  const root = (rows: LabelledMatrix, options: Parameters<typeof growATree>[1], weights?: Int32Array): { cut: number; gain: number } => {
    const tree = growATree(rows, { maxDepth: 1, ...options }, weights);
    return { cut: tree.bins[0] ?? NaN, gain: tree.gains[0] ?? NaN };
  };
  const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

  it('takes the cut of the largest Gini gain', () => {
    // rows times impurity: 9 - (16 + 25) / 9 before; 5 - (16 + 1) / 5 and 0 after the cut behind the fifth row
    const { cut, gain } = root(nine, {});
    assert.equal(cut, 4);
    close(gain, 17 / 5 + 4 - 41 / 9);
  });

  it('takes the cut of the largest information gain', () => {
    const { cut, gain } = root(nine, { criterion: 'entropy' });
    assert.equal(cut, 4);
    close(gain, 4 * log(4 / 5) + log(1 / 5) - (4 * log(4 / 9) + 5 * log(5 / 9)));
  });

  it('cuts where its own criterion says, when the two differ', () => {
    // of 6, 3 and 3 rows the first column takes away two of the last class, the second all of those and half of the first:
    // squares over rows 2 + 46 / 10 against 3 + 3; bits are lost 8.98 / ln 2 against 8.32 / ln 2
    const rows = labelled([[1, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [0, 0], [0, 0], [1, 0]], [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    const of = (criterion: 'gini' | 'entropy'): number | undefined => growATree(rows, { maxDepth: 1, criterion }).columns[0];
    assert.deepEqual([of('gini'), of('entropy')], [0, 1]);
  });

  it('counts a row as often as its weight says, and leaves out rows of weight 0', () => {
    const weights = Int32Array.of(1, 3, 0, 2, 1, 1, 0, 1, 4);
    const repeated = [...nine.labels.keys()].flatMap((row) => new Array<number>(weights[row] ?? 0).fill(row));
    const written = labelled(repeated.map((row) => [row]), repeated.map((row) => nine.labels[row] ?? 0));
    const [weighed, listed] = [growATree(nine, { criterion: 'entropy' }, weights), growATree(written, { criterion: 'entropy' })];
    assert.deepEqual(weighed.gains, listed.gains);
    assert.deepEqual(weighed.leafWeights, listed.leafWeights);
    assert.equal(weighed.leafWeights.reduce((sum, one) => sum + one, 0), repeated.length);
  });

  for (const criterion of ['gini', 'entropy'] as const) {
    it(`splits every node, large or small, at the best cut there is (${criterion})`, () => {
      const rows = noisy(6_000, 3, 8);
      const data = binned(rows);
      for (const { rows: here, split } of walkTree(growATree(rows, { criterion, minLeaf: 20 }), data)) {
        if (!split) continue;
        let best = 0;
        for (let j = 0; j < data.columns; j++) {
          for (let cut = 0; cut < 255; cut++) best = Math.max(best, gainOf(here, rows.labels, (row) => (data.bins[j * data.rows + row] ?? 0) <= cut, criterion, 20));
        }
        close(split.gain, best);
        close(split.gain, gainOf(here, rows.labels, (row) => (data.bins[split.column * data.rows + row] ?? 0) <= split.bin, criterion, 20));
      }
    });
  }

  for (const thresholds of ['best', 'random'] as const) {
    it(`never splits on a column that is constant, everywhere or among the rows of a node (${thresholds} thresholds)`, () => {
      const random = createRandom(4);
      const labels = Array.from({ length: 80 }, (_, row) => row % 3);
      const rows = labelled(labels.map((_, row) => [7, row < 40 ? 0 : 1, random.integer(6), 0, row]), labels);
      const nodes = walkTree(growATree(rows, { thresholds, columnsPerSplit: 1 }), binned(rows));
      for (const { split, rows: here, held } of nodes) {
        assert.ok(here.length > 0, 'a side of a split is empty');
        assert.ok(split?.column !== 0 && split?.column !== 3, `column ${split?.column} is constant`);
        if (!split) assert.equal(held.length, 1, 'the last column tells all rows apart, so every leaf is pure');
      }
      assert.ok(nodes.length > 80);
    });
  }

  it('is a leaf where rows differ in class only, of one class, or one row alone', () => {
    assert.deepEqual(leaves(labelled([[5], [5], [5]], [2, 9, 2])), [[[2, 2], [9, 1]]]);
    assert.deepEqual(leaves(labelled([[1], [2], [3]], [6, 6, 6])), [[[6, 3]]]);
    assert.deepEqual(leaves(labelled([[1, 2]], [4])), [[[4, 1]]]);
  });

  it('holds the classes it was shown and no other', () => {
    const shown = new Set(leaves(noisy(200, 2, 3)).flat().map(([label]) => label));
    assert.deepEqual([...shown].sort(), [0, 1, 2, 3]);
  });

  for (const thresholds of ['best', 'random'] as const) {
    it(`is not deeper than maxDepth, and reaches it where it can (${thresholds} thresholds)`, () => {
      const rows = noisy(3_000, 3, 2);
      for (const maxDepth of [1, 2, 5]) {
        const depths = walkTree(growATree(rows, { thresholds, maxDepth }), binned(rows)).map(({ depth }) => depth);
        assert.equal(Math.max(...depths), maxDepth);
      }
    });

    it(`has at least minLeaf rows in every leaf, and as few in some (${thresholds} thresholds)`, () => {
      const rows = noisy(3_000, 3, 2);
      for (const minLeaf of [2, 7, 50]) {
        const sizes = walkTree(growATree(rows, { thresholds, minLeaf }), binned(rows)).filter(({ split }) => !split).map((node) => node.rows.length);
        assert.ok(Math.min(...sizes) >= minLeaf && Math.min(...sizes) < 1.5 * minLeaf, `leaves of ${Math.min(...sizes)} rows`);
      }
    });
  }

  it('leaves a node whole whose best gain is below minImpurityDecrease of all rows', () => {
    const gain = 17 / 5 + 4 - 41 / 9;
    assert.equal(growATree(nine, { maxDepth: 1, minImpurityDecrease: gain / 9 - 1e-6 }).columns.length, 3);
    assert.equal(growATree(nine, { maxDepth: 1, minImpurityDecrease: gain / 9 + 1e-6 }).columns.length, 1);
  });

  it('draws thresholds among all those between a node\'s smallest and largest value', () => {
    const cuts = new Set<number>();
    const rows = column([0, 1, 0, 1, 0]);
    for (const { split } of walkTree(growATree(rows, { thresholds: 'random' }), binned(rows))) if (split) cuts.add(split.bin);
    assert.deepEqual([...cuts].sort(), [0, 1, 2, 3]);
  });
});

function leaves(rows: LabelledMatrix): (readonly (readonly [number, number])[])[] {
  return walkTree(growATree(rows, {}), binned(rows)).filter(({ split }) => !split).map(({ held }) => held);
}

/** By how much a split lowers rows times impurity; 0 where a side has too few rows. */
function gainOf(rows: readonly number[], labels: Uint8Array, goesLeft: (row: number) => boolean, criterion: 'gini' | 'entropy', minLeaf: number): number {
  const [left, right] = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
  if (left.length < minLeaf || right.length < minLeaf) return 0;
  const impurity = (some: readonly number[]): number => {
    const counts = new Float64Array(10);
    for (const row of some) counts[labels[row] ?? 0] = (counts[labels[row] ?? 0] ?? 0) + 1;
    const parts = [...counts].filter((count) => count > 0).map((count) => count / some.length);
    return some.length * parts.reduce((sum, part) => (criterion === 'gini' ? sum - part * part : sum - part * log(part)), criterion === 'gini' ? 1 : 0);
  };
  return impurity(rows) - impurity(left) - impurity(right);
}
