import assert from 'node:assert/strict';
import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { fitPca, inverseTransformPca, transformPca } from '../../../ml/reductions/pca.js';
import { plainAlgebra } from '../../../ml/reductions/plain-algebra.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { ALGEBRAS } from './algebras.js';
import { assertNear, golden, goldenMatrices } from './golden.js';

describe('PCA', () => {
  for (const [name, load] of Object.entries(ALGEBRAS)) {
    for (const kind of ['pixels', 'floats'] as const) {
      it(`equals scikit-learn's, sign included: ${kind}, ${name}`, async () => {
        const algebra = await load();
        const x = goldenMatrices[kind];
        for (const [part, target] of [['95', { variance: 0.95 }], ['5', { components: 5 }]] as const) {
          const pca = fitPca(x, target, algebra);
          const expected = (of: string): Float64Array => golden(`${kind}_pca${part}_${of}`);
          assertNear(pca.mean, expected('mean'), 1e-7, 'mean');
          assertNear(pca.explainedVariance, expected('variance'), 1e-8, 'explained variance');
          assertNear(pca.explainedVarianceRatio, expected('ratio'), 1e-8, 'ratio');
          assertNear(pca.singularValues, expected('singular'), 1e-8, 'singular values');
          assertNear(pca.components, expected('components'), 1e-7, 'components');
          assertNear(transformPca(pca, x, algebra).data, expected('transformed'), 1e-4, 'transformed');
        }
      });
    }

    it(`has orthonormal components, and loadings whose squares sum to the variances: ${name}`, async () => {
      const x = goldenMatrices.floats;
      const { components, count, columns, loadings, explainedVariance } = fitPca(x, { components: 20 }, await load());
      for (let a = 0; a < count; a++) {
        for (let b = 0; b <= a; b++) {
          let product = 0;
          for (let j = 0; j < columns; j++) product += (components[a * columns + j] ?? NaN) * (components[b * columns + j] ?? NaN);
          assert.ok(Math.abs(product - (a === b ? 1 : 0)) < 1e-9, `${a}, ${b}: ${product}`);
        }
        const squares = loadings.subarray(a * columns, (a + 1) * columns).reduce((sum, loading) => sum + loading ** 2, 0);
        assertNear([squares], [explainedVariance[a] ?? NaN], 1e-9, 'loadings');
      }
    });

    it(`brings rows back when all components are kept, constant columns among them: ${name}`, async () => {
      const algebra = await load();
      const x = goldenMatrices.pixels;
      const pca = fitPca(x, { components: x.columns }, algebra);
      assertNear(pca.allRatios, [...pca.explainedVarianceRatio], 1e-6, 'ratios');
      assertNear([pca.allRatios.reduce((sum, ratio) => sum + ratio)], [1], 1e-6, 'sum of ratios');
      const back = inverseTransformPca(pca, transformPca(pca, x, algebra), algebra);
      assertNear(back.data, Float64Array.from(x.data, (value) => value / 255), 1e-5, 'rows');
    });

    it(`finds two turned axes of known variances: ${name}`, async () => {
      const random = createRandom(3);
      const [rows, angle] = [4000, 0.6];
      const data = new Float32Array(2 * rows);
      for (let row = 0; row < rows; row++) {
        const [u, v] = [3 * random.normal(), random.normal()];
        data[2 * row] = 50 + u * Math.cos(angle) - v * Math.sin(angle);
        data[2 * row + 1] = -7 + u * Math.sin(angle) + v * Math.cos(angle);
      }
      const pca = fitPca({ rows, columns: 2, data }, { components: 2 }, await load());
      assertNear(pca.components, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)], 0.02, 'axes');
      assertNear(pca.explainedVariance, [9, 1], 0.05, 'variances');
    });
  }

  it('has the same scatter of pixels from both algebras, to the last digit, over several chunks', async () => {
    const random = createRandom(11);
    const [rows, columns] = [70_000, 6];
    const x: Matrix = { rows, columns, data: Uint8Array.from({ length: rows * columns }, (_, i) => (i % columns === 0 ? 0 : random.integer(256))) };
    const labels = Uint8Array.from({ length: rows }, (_, row) => row % 3);
    const fast = (await ALGEBRAS['TensorFlow']?.())?.scatter(x, labels, 4, () => {});
    assert.deepEqual(fast, plainAlgebra.scatter(x, labels, 4, () => {}));
  });

  it('leaves no tensor behind', async () => {
    const { tf } = await (await import('../../../native/tensorflow-js.js')).loadTensorFlow();
    const algebra = await ALGEBRAS['TensorFlow']?.();
    assert.ok(algebra);
    const before = tf.memory().numTensors;
    for (const x of Object.values(goldenMatrices)) transformPca(fitPca(x, { variance: 0.9 }, algebra), x, algebra);
    assert.equal(tf.memory().numTensors, before);
  });

  it('refuses what has no components, with the reason', async () => {
    const x = goldenMatrices.floats;
    const withNan = { ...x, data: Float32Array.from(x.data, (value, i) => (i === 29 ? NaN : value)) };
    for (const load of Object.values(ALGEBRAS)) {
      const algebra = await load();
      assert.throws(() => fitPca(withNan, { variance: 0.9 }, algebra), new InvalidDataError('Column 5 holds NaN or an infinity; expected finite numbers. Look at the features that made it.'));
      assert.throws(() => fitPca({ rows: 1, columns: 2, data: new Float32Array(2) }, { components: 1 }, algebra), /1 rows; expected at least two/);
      assert.throws(() => fitPca({ rows: 9, columns: 2, data: new Uint8Array(18).fill(7) }, { components: 1 }, algebra), /all 9 rows are equal/);
      for (const target of [{ components: 25 }, { components: 0 }, { components: 1.5 }, { variance: 0 }, { variance: 1 }, { variance: NaN }]) {
        assert.throws(() => fitPca(x, target, algebra), InvalidConfigError);
      }
    }
  });
});
