import assert from 'node:assert/strict';
import reduce from '../../../activities/tasks/reduce.process.js';
import selectFeatures from '../../../activities/tasks/select-features.process.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { decodeNpz } from '../../../ml/data/npz.js';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import { featureSelectionSection } from '../../../ml/reports/feature-selection-section.js';
import { reductionsSection } from '../../../ml/reports/reductions-section.js';
import type { FeatureSelection } from '../../../shared/analysis/feature-selection.js';
import type { Reductions } from '../../../shared/analysis/reductions.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';

const ROWS = 300;
const digits = toyDigits({ rows: ROWS, seed: 5 });
const hooks = { signal: { aborted: false, throwIfAborted() {} }, progress() {} };
const labels = [encodeNpy(digits.labels, [ROWS])];
// two shards, and other pixels after the border: validation rows must not move a fit
const AREA = 14 * 14;
const small = Uint8Array.from({ length: ROWS * AREA }, (_, i) => digits.x.data[Math.floor(i / AREA) * 784 + Math.floor((i % AREA) / 14) * 56 + (i % 14) * 2] ?? NaN);
const shards = (data: Uint8Array): Uint8Array[] => [encodeNpy(data.slice(0, 100 * AREA), [100, 14, 14]), encodeNpy(data.slice(100 * AREA), [200, 14, 14])];
const json = <T>(bytes: Uint8Array | undefined): T => JSON.parse(new TextDecoder().decode(bytes)) as T;

describe('the step reduce', () => {
  const params = { validationRows: 60, variance: 0.9, ldaDimensions: 9 };
  const run = async (data: Uint8Array, changed = params) => reduce({ params: changed, seed: 1, inputs: { images: shards(data), labels }, native: {} }, hooks);

  it('writes scikit-learn\'s arrays, fitted on the rows before the validation rows, and what the report shows', async () => {
    const { outputs, summary } = await run(small);
    const pca = decodeNpz(outputs['pca']?.bytes ?? new Uint8Array(), 'pca').arrays;
    const count = summary['components'] as number;
    assert.deepEqual(pca['components']?.shape, [count, AREA]);
    assert.deepEqual(pca['explained_variance']?.shape, [count]);
    assert.deepEqual(decodeNpz(outputs['lda']?.bytes ?? new Uint8Array(), 'lda').arrays['scalings']?.shape, [AREA, 9]);
    assert.deepEqual(decodeNpz(outputs['standardise']?.bytes ?? new Uint8Array(), 'standardise').arrays['scale']?.shape, [AREA]);
    const shown = json<Reductions>(outputs['reductions']?.bytes);
    assert.equal(shown.rows, 240);
    assert.equal(shown.pca.cumulative.length, AREA);
    assert.ok((shown.pca.cumulative[count - 1] ?? 0) > 0.9 && (shown.pca.cumulative[count - 2] ?? 1) <= 0.9);
    assert.equal(shown.lda.points.length, 60);
    assert.equal(shown.lda.points[7]?.[2], digits.labels[247]);
    assert.ok(shown.lda.validationAccuracy > 0.3, `${shown.lda.validationAccuracy}`);
    assert.match(reductionsSection(shown).markup, /240 training images/);

    const other = await run(small.map((pixel, i) => (i >= 240 * 784 ? 255 - pixel : pixel)));
    for (const role of ['pca', 'lda', 'standardise']) assert.deepEqual(other.outputs[role], outputs[role], role);
    assert.deepEqual(await run(small), { outputs, summary });
  });

  it('refuses a split that leaves nothing, and dimensions that ten classes do not have', async () => {
    await assert.rejects(run(small, { ...params, validationRows: 299 }), /299 validation rows of 300/);
    await assert.rejects(run(small, { ...params, ldaDimensions: 10 }), InvalidConfigError);
  });
});

describe('the step select-features', () => {
  const families = ['zoning', 'hu'];
  const matrices = extractRows(digits.x, { width: 28, height: 28 }, families.map(familyNamed));
  const inputs = (validation: number): Record<string, Uint8Array[]> => ({
    labels,
    ...Object.fromEntries(matrices.map(({ data, columns }, i) => [`x:${families[i]}`, [encodeNpy(data.map((value, at) => (at >= 240 * columns ? value + validation : value)), [ROWS, columns])]])),
  });
  const params = { families, validationRows: 60, count: 6, bins: 8, maxCorrelation: 0.9 };

  it('names the chosen columns and their places, from the rows before the validation rows', async () => {
    const { outputs, summary } = await selectFeatures({ params, seed: 1, inputs: inputs(0), native: {} }, hooks);
    const selection = json<FeatureSelection>(outputs['selection']?.bytes);
    const names = families.flatMap((family) => familyNamed(family).columns);
    assert.equal(selection.rows, 240);
    assert.deepEqual(selection.ranked.map(({ column }) => column).sort(), [...names].sort());
    assert.ok(selection.chosen.length === 6 && summary['chosen'] === 6);
    assert.deepEqual(selection.chosenColumns.map((column) => names[column]), selection.chosen);
    assert.equal(selection.families.reduce((sum, { chosen }) => sum + chosen, 0), 6);
    assert.match(featureSelectionSection(selection).markup, /6 of 72 columns were chosen/);
    for (const [constantColumns, pairsTotal, said] of [[[], 0, 'No column is constant. No pair of columns is'], [['a'], 1, '1 column is constant. 1 pair of columns is'], [['a', 'b'], 1234, '2 columns are constant. 1,234 pairs of columns are']] as const) {
      assert.ok(featureSelectionSection({ ...selection, constantColumns, pairsTotal }).markup.replaceAll(/\s/g, ' ').includes(`${said} correlated`), said);
    }
    const other = await selectFeatures({ params, seed: 1, inputs: inputs(3), native: {} }, hooks);
    assert.deepEqual(other.outputs, outputs);
  });

  it('ranks by an importance that is given', async () => {
    const importance = Float64Array.from({ length: 72 }, (_, column) => column);
    const { outputs } = await selectFeatures(
      { params: { ...params, ranking: 'importance', maxCorrelation: 1, count: 3 }, seed: 1, inputs: { ...inputs(0), importance: [encodeNpy(importance, [72])] }, native: {} }, hooks);
    assert.deepEqual(json<FeatureSelection>(outputs['selection']?.bytes).chosenColumns, [71, 70, 69]);
    await assert.rejects(
      async () => selectFeatures({ params, seed: 1, inputs: { ...inputs(0), importance: [encodeNpy(importance.slice(1), [71])] }, native: {} }, hooks), /71 numbers .* for 72 columns/);
  });
});
