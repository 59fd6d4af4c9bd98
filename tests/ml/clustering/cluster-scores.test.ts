import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { clusterScores } from '../../../ml/clustering/cluster-scores.js';
import { contingency } from '../../../ml/clustering/contingency.js';
import { hungarianAccuracy } from '../../../ml/clustering/hungarian-accuracy.js';
import { linearAssignment } from '../../../ml/clustering/linear-assignment.js';
import { silhouette } from '../../../ml/clustering/silhouette.js';
import { InvalidDataError } from '../../../shared/errors.js';

interface Case {
  readonly clusters: number;
  readonly classes: number;
  readonly labels: readonly number[];
  readonly assignment: readonly number[];
  readonly x: readonly number[];
  readonly purity: number;
  readonly nmi: number;
  readonly ari: number;
  readonly hungarianAccuracy: number;
  readonly silhouette: number;
}

const golden = JSON.parse(readFileSync(new URL('../../../../tests/support/golden/cluster-scores.json', import.meta.url), 'utf8')) as { scores: Case[] };

describe('scores of clusters', () => {
  golden.scores.forEach((expected, index) => {
    it(`equal scikit-learn's to 1e-10, case ${index}`, () => {
      const counts = contingency(expected.assignment, expected.labels, expected.clusters, expected.classes);
      const scores = clusterScores(counts);
      for (const score of ['purity', 'nmi', 'ari', 'hungarianAccuracy'] as const) {
        assert.ok(Math.abs(scores[score] - expected[score]) <= 1e-10, `${score}: ${scores[score]}, expected ${expected[score]}`);
      }
      const data = Float32Array.from(expected.x, (value) => Math.round(1000 * value)); // exact in float32; widths do not depend on the scale
      const width = silhouette({ rows: data.length / 4, columns: 4, data }, expected.assignment, expected.clusters);
      assert.ok(Math.abs(width - expected.silhouette) <= 1e-10, `silhouette: ${width}, expected ${expected.silhouette}`);
    });
  });

  it('are 1 where clusters are classes under other names', () => {
    for (const [score, value] of Object.entries(clusterScores([[0, 7], [5, 0]]))) assert.ok(Math.abs(value - 1) < 1e-12, `${score}: ${value}`);
    assert.deepEqual(hungarianAccuracy([[0, 7], [5, 0]]).classOf, [1, 0]);
  });

  it('refuse lists of different length and numbers out of range', () => {
    assert.throws(() => contingency([0, 1], [0], 2, 2), InvalidDataError);
    assert.throws(() => contingency([2], [0], 2, 2), InvalidDataError);
    assert.throws(() => contingency([], [], 2, 2), InvalidDataError);
  });
});

describe('linear assignment', () => {
  const table = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }));

  it('finds the best of all permutations', () => {
    fc.assert(fc.property(table, (values) => {
      const given = linearAssignment(values);
      const used = given.filter((column) => column >= 0);
      assert.equal(new Set(used).size, Math.min(values.length, values[0]?.length ?? 0));
      assert.equal(used.length, Math.min(values.length, values[0]?.length ?? 0));
      const total = given.reduce((sum, column, row) => sum + (column >= 0 ? values[row]?.[column] ?? NaN : 0), 0);
      assert.equal(total, bestOfAll(values));
    }), { numRuns: 300, seed: 7 });
  });

  it('refuses ragged tables and values that are not finite', () => {
    assert.throws(() => linearAssignment([[1, 2], [3]]), InvalidDataError);
    assert.throws(() => linearAssignment([[1, NaN]]), InvalidDataError);
  });
});

/** The largest total by brute force over the shorter side. */
function bestOfAll(values: readonly (readonly number[])[]): number {
  const columns = values[0]?.length ?? 0;
  if (values.length > columns) return bestOfAll(Array.from({ length: columns }, (_, column) => values.map((row) => row[column] ?? NaN)));
  const from = (row: number, free: readonly number[]): number =>
    row === values.length ? 0 : Math.max(...free.map((column) => (values[row]?.[column] ?? NaN) + from(row + 1, free.filter((other) => other !== column))));
  return from(0, Array.from({ length: columns }, (_, column) => column));
}
