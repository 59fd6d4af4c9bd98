import assert from 'node:assert/strict';
import { anovaF } from '../../../ml/selection/anova-f.js';
import { combinedRanks, rankedColumns } from '../../../ml/selection/combined-ranks.js';
import { correlatedPairs } from '../../../ml/selection/correlated-pairs.js';
import { correlationMatrix } from '../../../ml/selection/correlation-matrix.js';
import { evenlySpacedRows } from '../../../ml/data/evenly-spaced-rows.js';
import { binEdges, binOf, mutualInformation } from '../../../ml/selection/mutual-information.js';
import { selectColumns } from '../../../ml/selection/select-columns.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { ALGEBRAS } from '../reductions/algebras.js';
import { assertNear, golden, goldenLabels, goldenMatrices } from '../reductions/golden.js';

describe('feature selection', () => {
  for (const kind of ['pixels', 'floats'] as const) {
    it(`measures the mutual information that scikit-learn finds in the binned columns: ${kind}`, () => {
      assertNear(mutualInformation(goldenMatrices[kind], goldenLabels, { bins: 8 }), golden(`${kind}_information`), 1e-9, 'information');
    });

    it(`measures the F statistic of f_classif: ${kind}`, () => {
      const expected = golden(`${kind}_f`);
      anovaF(goldenMatrices[kind], goldenLabels).forEach((f, column) => assertNear([f], [expected[column] ?? NaN], 1e-7, `column ${column}`));
    });

    for (const [name, load] of Object.entries(ALGEBRAS)) {
      it(`measures numpy's correlations: ${kind}, ${name}`, async () => {
        const correlations = correlationMatrix(goldenMatrices[kind], await load());
        const expected = golden(`${kind}_correlations`);
        const columns = goldenMatrices[kind].columns;
        for (let i = 0; i < expected.length; i += columns + 1) expected[i] = 1;
        assertNear(correlations, expected, 1e-6, 'correlations');
      });
    }
  }

  it('finds ln 10 nats in a column that names the class, and none in one that does not', () => {
    const rows = 1000;
    const labels = Uint8Array.from({ length: rows }, (_, row) => row % 10);
    const data = Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) % 10 : 4));
    assertNear(mutualInformation({ rows, columns: 2, data }, labels, { bins: 32 }), [Math.log(10), 0], 1e-12, 'information');
  });

  it('cuts a column into bins of equal frequency, and a column of few values into few', () => {
    const edges = binEdges({ rows: 12, columns: 1, data: Float32Array.from([9, 1, 8, 2, 7, 3, 6, 4, 5, 10, 12, 11]) }, 0, 4);
    assert.deepEqual([...edges], [4, 7, 10]);
    assert.deepEqual([0, 3.9, 4, 9.9, 10, 99].map((value) => binOf(edges, value)), [0, 0, 1, 2, 3, 3]);
    assert.deepEqual([...binEdges({ rows: 6, columns: 1, data: new Uint8Array([0, 0, 0, 0, 1, 1]) }, 0, 6)], [1]);
    assert.throws(() => binEdges({ rows: 2, columns: 1, data: new Uint8Array(2) }, 0, 1), InvalidConfigError);
  });

  it('gives the largest F to a column that differs between classes only, and 0 to a constant one', () => {
    const data = new Float32Array([1, 5, 1, 5, 2, 5, 2, 5]);
    assert.deepEqual([...anovaF({ rows: 4, columns: 2, data }, new Uint8Array([0, 0, 1, 1]))], [Number.MAX_VALUE, 0]);
    assert.throws(() => anovaF({ rows: 4, columns: 2, data }, new Uint8Array(4)), InvalidDataError);
    assert.throws(() => anovaF({ rows: 4, columns: 1, data: new Float32Array([1, NaN, 2, 3]) }, new Uint8Array([0, 0, 1, 1])), /Column 0 holds NaN/);
  });

  it('ranks by the mean rank of the criteria, whatever their scales', () => {
    assert.deepEqual([...combinedRanks([[0.1, 0.3, 0.2], [5e9, 1e9, 9e9]])].map((value) => Math.round(value * 6)), [3, 4, 5]);
    assert.deepEqual([...rankedColumns([1, 3, 3, 2])], [1, 2, 3, 0]);
  });

  it('takes the best columns and passes over the doubles of those taken', () => {
    // 0 and 1 are doubles, 2 is the mirror of 3, 4 is alone but worthless
    const correlations = Float32Array.from([
      1, 0.99, 0.1, 0, 0,
      0.99, 1, 0, 0, 0,
      0.1, 0, 1, -0.97, 0,
      0, 0, -0.97, 1, 0,
      0, 0, 0, 0, 1,
    ]);
    const scores = Float64Array.from([0.8, 0.9, 0.7, 0.6, 0]);
    const { chosen, passedOver } = selectColumns(scores, correlations, { count: 5, maxCorrelation: 0.95 });
    assert.deepEqual([...chosen], [1, 2]);
    assert.deepEqual(passedOver.map(([column, double]) => [column, double]), [[0, 1], [3, 2]]);
    assert.deepEqual([...selectColumns(scores, correlations, { count: 3, maxCorrelation: 1 }).chosen], [1, 0, 2]);
    assert.throws(() => selectColumns(scores, correlations, { count: 0, maxCorrelation: 0.9 }), InvalidConfigError);
    assert.throws(() => selectColumns(scores, correlations, { count: 1, maxCorrelation: 0 }), InvalidConfigError);
    const { total, strongest } = correlatedPairs(correlations, 5, 0.95, 1);
    assert.deepEqual([total, strongest.map(({ first, second }) => [first, second])], [2, [[0, 1]]]);
  });

  it('takes sample rows at equal distances', () => {
    assert.deepEqual([...evenlySpacedRows(10, 4)], [0, 2, 5, 7]);
    assert.equal(evenlySpacedRows(10, 99).length, 10);
  });
});
