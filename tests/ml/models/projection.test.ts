import assert from 'node:assert/strict';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { FitContext } from '../../../ml/models/model.js';
import { fitProjection, loadProjection, NO_PROJECTION } from '../../../ml/models/projection.js';
import type { ProjectionOptions } from '../../../ml/models/projection.js';
import { fitLda, transformLda } from '../../../ml/reductions/lda.js';
import { fitPca, transformPca } from '../../../ml/reductions/pca.js';
import { plainAlgebra } from '../../../ml/reductions/plain-algebra.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { PROJECTION_SCHEMA } from '../../../shared/params-schemas.js';
import { coarseDigits } from '../../support/coarse-digits.js';

const context: FitContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };
const train = coarseDigits({ rows: 150, seed: 3 });
const options = (over: Partial<ProjectionOptions>): ProjectionOptions => ({ ...NO_PROJECTION, ...over });

describe('a projection', () => {
  it('of principal components is that of the reductions', async () => {
    const { width, apply } = await fitProjection(train, options({ projection: 'pca', components: 40 }), context);
    assert.equal(width, 40);
    const wanted = transformPca(fitPca(train.x, { components: 40 }, plainAlgebra), train.x, plainAlgebra);
    assertClose(apply(train.x).data, wanted.data, 2e-5);
  });

  it('of standardised columns has deviation one and no word of constant columns', async () => {
    const { apply } = await fitProjection(train, options({ standardise: true }), context);
    const { data, columns } = apply(train.x);
    const column = (j: number): number[] => Array.from({ length: train.x.rows }, (_, row) => data[row * columns + j] ?? Number.NaN);
    const inked = 7 * 14 + 7;
    const mean = column(inked).reduce((sum, value) => sum + value, 0) / train.x.rows;
    const variance = column(inked).reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.x.rows;
    assert.ok(Math.abs(mean) < 1e-5 && Math.abs(variance - 1) < 1e-4, `${mean} ${variance}`);
    const constant = await fitProjection({ x: { rows: 3, columns: 2, data: Float32Array.of(1, 5, 2, 5, 3, 5) }, labels: Uint8Array.of(0, 1, 2) }, options({ standardise: true }), context);
    assert.deepEqual([...constant.apply({ rows: 1, columns: 2, data: Float32Array.of(2, 9) }).data], [0, 0]);
  });

  it('of standardised columns\' components is their components', async () => {
    const scaling = await fitProjection(train, options({ standardise: true }), context);
    const scaled = { x: scaling.apply(train.x), labels: train.labels };
    const both = await fitProjection(train, options({ standardise: true, projection: 'pca', components: 5 }), context);
    const after = await fitProjection(scaled, options({ projection: 'pca', components: 5 }), context);
    assertClose(both.apply(train.x).data, after.apply(scaled.x).data, 1e-3);
  });

  it('of discriminants is that of the reductions, all of them when none are counted', async () => {
    const { width, apply } = await fitProjection(train, options({ projection: 'lda' }), context);
    assert.equal(width, 9);
    const wanted = transformLda(fitLda(train.x, train.labels, 9, plainAlgebra), train.x, plainAlgebra);
    const size = Math.max(...wanted.data.map(Math.abs));
    assertClose(apply(train.x).data, wanted.data, 1e-4 * size);
  });

  for (const projection of ['none', 'pca', 'lda'] as const) {
    for (const standardise of [false, true]) {
      it(`(${projection}, ${standardise ? '' : 'not '}standardised) treats a row alone as among others, and survives a file`, async () => {
        const fitted = await fitProjection(train, options({ projection, standardise, components: projection === 'pca' ? 33 : 0 }), context);
        const all = fitted.apply(train.x).data;
        const one = fitted.apply(rowsBetween(train.x, 77, 78)).data;
        assert.deepEqual(one, all.slice(77 * fitted.width, 78 * fitted.width));
        const back = loadProjection(decodeNpz(encodeNpz(fitted.arrays())).arrays);
        assert.deepEqual(back.apply(train.x).data, all);
        assert.deepEqual([back.columns, back.width, back.parameters], [fitted.columns, fitted.width, fitted.parameters]);
      });
    }
  }

  it('refuses another width, naming both', async () => {
    for (const projection of ['none', 'pca', 'lda'] as const) {
      const { apply } = await fitProjection(train, options({ projection, components: 3 }), context);
      assert.throws(() => apply({ rows: 1, columns: 7, data: new Uint8Array(7) }), (error) => error instanceof InvalidModelError && /196/.test(error.message) && /7\b/.test(error.message));
    }
  });

  it('refuses what the rows cannot give', async () => {
    await assert.rejects(fitProjection(train, options({ projection: 'pca', components: 0 }), context), InvalidConfigError);
    await assert.rejects(fitProjection(train, options({ projection: 'lda', components: 10 }), context), InvalidConfigError);
    const one: LabelledMatrix = { x: train.x, labels: new Uint8Array(150).fill(4) };
    await assert.rejects(fitProjection(one, options({ projection: 'lda' }), context), InvalidDataError);
    await assert.rejects(fitProjection(train, options({ projection: 'ica' as 'pca' }), context), /"ica".*"none", "pca" or "lda"/);
  });

  it('refuses arrays of something else', () => {
    assert.throws(() => loadProjection({}), InvalidModelError);
    const { arrays } = decodeNpz(encodeNpz({ 'projection.columns': { data: Int32Array.of(3), shape: [1] }, 'projection.offset': { data: new Float32Array(2), shape: [2] } }));
    assert.throws(() => loadProjection(arrays), InvalidModelError);
  });

  it('has a schema for each option', () => {
    assert.deepEqual(Object.keys(PROJECTION_SCHEMA).sort(), Object.keys(NO_PROJECTION).sort());
  });
});

function assertClose(actual: Float32Array, wanted: Float32Array, tolerance: number): void {
  assert.equal(actual.length, wanted.length);
  actual.forEach((value, i) => assert.ok(Math.abs(value - (wanted[i] ?? Number.NaN)) <= tolerance, `${i}: ${value} is not ${wanted[i]}`));
}
