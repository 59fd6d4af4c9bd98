import assert from 'node:assert/strict';
import { fitLda, transformLda } from '../../../ml/reductions/lda.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { ALGEBRAS } from './algebras.js';
import { alignColumns, assertNear, golden, goldenLabels, goldenMatrices } from './golden.js';

describe('LDA', () => {
  for (const [name, load] of Object.entries(ALGEBRAS)) {
    for (const kind of ['pixels', 'floats'] as const) {
      it(`equals scikit-learn's up to sign, with constant, doubled and nearly blank columns: ${kind}, ${name}`, async () => {
        const algebra = await load();
        const x = goldenMatrices[kind];
        const lda = fitLda(x, goldenLabels, 9, algebra);
        assert.equal(lda.rank, kind === 'pixels' ? 21 : 23);
        assertNear(lda.explainedVarianceRatio, golden(`${kind}_lda_ratio`), 1e-6, 'ratio');
        const expected = golden(`${kind}_lda_transformed`);
        assertNear(alignColumns(transformLda(lda, x, algebra).data, expected, 9), expected, 1e-4, 'transformed');
      });
    }

    it(`gives every direction a spread of 1 within the classes: ${name}`, async () => {
      const algebra = await load();
      const x = goldenMatrices.pixels;
      const z = transformLda(fitLda(x, goldenLabels, 4, algebra), x, algebra);
      for (let dimension = 0; dimension < 4; dimension++) {
        let squares = 0;
        for (let label = 0; label < 10; label++) {
          const values = Array.from({ length: x.rows }, (_, row) => row).filter((row) => goldenLabels[row] === label).map((row) => z.data[row * 4 + dimension] ?? NaN);
          const mean = values.reduce((sum, value) => sum + value) / values.length;
          squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        }
        assertNear([squares / x.rows], [1], 1e-5, `dimension ${dimension}`);
      }
    });
  }

  it('turns the largest scaling of each dimension positive', async () => {
    const algebra = await ALGEBRAS['float64 loops']?.();
    assert.ok(algebra);
    const { scalings, columns } = fitLda(goldenMatrices.floats, goldenLabels, 9, algebra);
    for (let dimension = 0; dimension < 9; dimension++) {
      const column = Array.from({ length: columns }, (_, j) => scalings[j * 9 + dimension] ?? NaN);
      assert.ok(Math.max(...column) >= -Math.min(...column), `dimension ${dimension}`);
    }
  });

  it('refuses what cannot be parted, with the reason', async () => {
    const x = goldenMatrices.floats;
    for (const load of Object.values(ALGEBRAS)) {
      const algebra = await load();
      assert.throws(() => fitLda(x, new Uint8Array(x.rows), 1, algebra), new InvalidDataError('LDA: 1 class; expected rows of at least two.'));
      assert.throws(() => fitLda(x, goldenLabels.subarray(1), 1, algebra), /299 labels for 300 rows/);
      assert.throws(() => fitLda(x, goldenLabels, 10, algebra), new InvalidConfigError('LDA: 10 dimensions of 10 classes and 24 columns; expected a whole number from 1 to 9.'));
      assert.throws(() => fitLda({ rows: 2, columns: 1, data: new Uint8Array([1, 2]) }, new Uint8Array([0, 1]), 1, algebra), /2 rows of 2 classes/);
      assert.throws(() => fitLda({ rows: 4, columns: 1, data: new Uint8Array([1, 1, 2, 2]) }, new Uint8Array([0, 0, 1, 1]), 1, algebra), /no column varies within a class/);
    }
  });
});
