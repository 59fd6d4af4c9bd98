import assert from 'node:assert/strict';
import auditLabels from '../../../activities/tasks/audit-labels.task.js';
import findLabelErrors from '../../../activities/tasks/find-label-errors.task.js';
import { foldStep } from '../../../activities/tasks/fold-model.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { model as logisticRegression } from '../../../ml/models/logistic-regression.js';
import type { ModelKind } from '../../../ml/models/model.js';
import { createRandom } from '../../../ml/random.js';
import type { LabelAudit } from '../../../shared/analysis/label-audit.js';
import type { LabelErrors } from '../../../shared/analysis/label-errors.js';
import { InvalidDataError } from '../../../shared/errors.js';
import type { StepOutput } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const ROWS = 1_000;
const FOLDS = 3;
const FLIPS = 20;

describe('the steps that look for label errors', function () {
  this.timeout(60_000);
  const digits = toyDigits({ rows: ROWS, seed: 8 });
  const flipped = plant(digits.labels, FLIPS);
  const [hog, zoning] = extractRows(digits.x, { width: 28, height: 28 }, ['hog', 'zoning'].map(familyNamed));
  if (!hog || !zoning) throw new Error('a family was not extracted');
  const labels = [encodeNpy(flipped.labels, [ROWS])];
  const images = [encodeNpy(digits.x.data.subarray(0, 470_400), [600, 28, 28]), encodeNpy(digits.x.data.subarray(470_400), [400, 28, 28])];
  const inputs = { 'x:hog': [encodeNpy(hog.data, [ROWS, hog.columns])], 'x:zoning': [encodeNpy(zoning.data, [ROWS, zoning.columns])], labels };
  const params = { input: ['hog', 'zoning'], options: { C: 0.01, maxIterations: 40 }, folds: FOLDS, foldSeed: 5 };
  const made: StepOutput[] = [];
  const parts = (role: string): Uint8Array[] => made.map(({ outputs }) => bytesOf(outputs[role]));

  before(async () => {
    for (let fold = 0; fold < FOLDS; fold++) made.push(await runStep(foldStep(logisticRegression), { ...params, fold }, inputs, { seed: fold }));
  });

  it('fold predicts every row exactly once, over all folds', () => {
    const rows = parts('rows').map((bytes) => decodeNpy(bytes));
    assert.ok(rows.every(({ dtype }) => dtype === 'i4'));
    assert.deepEqual(rows.flatMap(({ data }) => [...data]).sort((a, b) => Number(a) - Number(b)), [...flipped.labels.keys()]);
    for (const [fold, { outputs, summary }] of made.entries()) {
      assert.deepEqual(decodeNpy(bytesOf(outputs['proba'])).shape, [rows[fold]?.shape[0], 10]);
      assert.ok((summary['accuracy'] as number) > 0.85 && (summary['logLoss'] as number) < 0.7, JSON.stringify(summary));
    }
  });

  it('fold shows the model no row of the fold, neither to fit nor to stop', async () => {
    const kind = remembering();
    for (let fold = 0; fold < FOLDS; fold++) {
      const { outputs } = await runStep(foldStep(kind.model), { ...params, options: {}, input: 'pixels' as const, fold }, { images: [numbered(ROWS)], labels });
      const held = new Set([...decodeNpy(bytesOf(outputs['rows'])).data].map(Number));
      const [train = [], validation = []] = kind.saw.splice(0);
      assert.ok(validation.length > 0 && train.length + validation.length + held.size === ROWS);
      assert.ok([...train, ...validation].every((row) => !held.has(row)));
      assert.equal(new Set([...train, ...validation]).size, ROWS - held.size);
    }
  });

  it('fold predicts the test rows too, where it is given some, and nothing else changes', async () => {
    const some = (part: typeof hog): Uint8Array[] => [encodeNpy(part.data.slice(0, 40 * part.columns), [40, part.columns])];
    const { outputs } = await runStep(foldStep(logisticRegression), { ...params, fold: 1 }, { ...inputs, 'test:x:hog': some(hog), 'test:x:zoning': some(zoning) }, { seed: 1 });
    const { testProba, ...others } = outputs;
    assert.deepEqual(others, made[1]?.outputs);
    assert.deepEqual(decodeNpy(bytesOf(testProba)).shape, [40, 10]);
  });

  it('fold gives the same bytes again', async () => {
    const again = await runStep(foldStep(logisticRegression), { ...params, fold: 1 }, inputs, { seed: 1 });
    assert.deepEqual(again.outputs, made[1]?.outputs);
    assert.equal(again.progress.at(-1)?.fraction, 1);
  });

  it('find-label-errors has most planted errors first, mostly with the right digit, and with the image', async () => {
    const { outputs, summary } = await runStep(findLabelErrors, { model: 'logistic-regression', shown: 60 }, { images, labels, rows: parts('rows'), proba: parts('proba') });
    const errors = read(bytesOf(outputs['labelErrors'])) as LabelErrors;
    const top = errors.candidates.slice(0, FLIPS);
    const hits = top.filter(({ row }) => flipped.rows.has(row));
    assert.ok(hits.length >= 0.8 * FLIPS, `${hits.length} of ${FLIPS}`);
    const restored = hits.filter(({ row, suggested }) => suggested === digits.labels[row]);
    assert.ok(restored.length >= 0.8 * hits.length, `the right digit for ${restored.length} of ${hits.length}`);
    for (const { row, given, pixels } of hits) {
      assert.equal(given, flipped.labels[row]);
      assert.deepEqual(new Uint8Array(Buffer.from(pixels, 'base64')), digits.x.data.slice(784 * row, 784 * row + 784));
    }
    const late = errors.candidates.slice(FLIPS).filter(({ row }) => flipped.rows.has(row));
    assert.ok(late.length + hits.length >= FLIPS - 1, `${late.length} later`);
    errors.confident.joint.forEach((row, given) => {
      assert.equal(row.reduce((sum, count) => sum + count, 0), flipped.labels.filter((label) => label === given).length);
    });
    assert.ok(errors.confident.noise > 0.005 && errors.confident.noise < 0.06, `${errors.confident.noise}`);
    assert.deepEqual([errors.kind, errors.folds, errors.rows], ['label-errors', FOLDS, ROWS]);
    assert.deepEqual(summary, { found: errors.found, noise: errors.confident.noise, accuracy: errors.accuracy });
  });

  it('find-label-errors refuses a missing fold, one given twice, and images of other rows', async () => {
    const attempt = (changed: object): Promise<unknown> =>
      Promise.resolve().then(() => runStep(findLabelErrors, { model: 'm', shown: 5 }, { images, labels, rows: parts('rows'), proba: parts('proba'), ...changed }));
    await assert.rejects(attempt({ rows: parts('rows').slice(1), proba: parts('proba').slice(1) }), (error) => error instanceof InvalidDataError && /predicted in none/.test(error.message));
    await assert.rejects(attempt({ rows: [...parts('rows'), ...parts('rows')], proba: [...parts('proba'), ...parts('proba')] }), /expected once/);
    await assert.rejects(attempt({ rows: parts('rows').slice(1) }), InvalidDataError);
    await assert.rejects(attempt({ images: images.slice(1) }), /400 images for 1000 labels/);
  });

  it('audit-labels ranks planted errors first, and says how many models agree', async () => {
    const proba = joined(parts('rows'), parts('proba'));
    const blind = new Float32Array(ROWS * 10).fill(0.1);
    const testProba = [proba, blind].map((data) => encodeNpy(data, [ROWS, 10]));
    const { outputs } = await runStep(auditLabels, { names: ['logistic-regression', 'blind'], shown: 30 }, { testImages: images, testLabels: labels, testProba });
    const audit = read(bytesOf(outputs['labelAudit'])) as LabelAudit;
    assert.equal(audit.kind, 'label-audit');
    assert.equal(audit.candidates.length, 30);
    assert.ok(audit.candidates.slice(0, FLIPS).filter(({ row }) => flipped.rows.has(row)).length >= 0.8 * FLIPS);
    assert.ok(audit.candidates.every(({ votes }) => votes === 1), 'a model that knows nothing has no vote');
    assert.ok((audit.models[0]?.weight ?? 0) > 0.9, JSON.stringify(audit.models));
  });

  it('audit-labels names the model whose probabilities are none', async () => {
    const bad = new Float32Array(ROWS * 10).fill(0.1);
    bad[12] = Number.NaN;
    const attempt = async (): Promise<unknown> => runStep(auditLabels, { names: ['bad'], shown: 5 }, { testImages: images, testLabels: labels, testProba: [encodeNpy(bad, [ROWS, 10])] });
    await assert.rejects(attempt, (error) => error instanceof InvalidDataError && /bad: row 1 gives class 2 the probability NaN/.test(error.message));
    await assert.rejects(async () => runStep(auditLabels, { names: [], shown: 5 }, { testImages: images, testLabels: labels }), InvalidDataError);
  });
});

/** Gives some rows the label of another digit. */
function plant(labels: Uint8Array, flips: number): { labels: Uint8Array; rows: Set<number> } {
  const random = createRandom(3);
  const changed = labels.slice();
  const rows = new Set<number>();
  while (rows.size < flips) rows.add(random.integer(labels.length));
  for (const row of rows) changed[row] = ((labels[row] ?? 0) + 1 + random.integer(9)) % 10;
  return { labels: changed, rows };
}

/** Images whose first two pixels are the number of their row. */
function numbered(rows: number): Uint8Array {
  return encodeNpy(Uint8Array.from({ length: 4 * rows }, (_, i) => (i % 4 === 0 ? Math.floor(i / 1024) : i % 4 === 1 ? Math.floor(i / 4) % 256 : 0)), [rows, 2, 2]);
}

/** A kind that notes the rows it is shown: those to fit on, then those to stop by. */
function remembering(): { model: ModelKind; saw: number[][] } {
  const saw: number[][] = [];
  const rowsOf = ({ x }: LabelledMatrix): number[] => Array.from({ length: x.rows }, (_, i) => 256 * (x.data[4 * i] ?? 0) + (x.data[4 * i + 1] ?? 0));
  const load: ModelKind['load'] = async () => ({
    columns: 4, parameters: 0, runtime: 'none', details: {},
    predictProba: async ({ rows }) => ({ rows, columns: 10, data: new Float32Array(10 * rows).fill(0.1) }),
    save: async () => new Uint8Array(0),
    dispose: () => undefined,
  });
  return {
    saw,
    model: {
      name: 'remembering', defaults: {}, load,
      fit: async (train, validation) => {
        saw.push(rowsOf(train), rowsOf(validation));
        return load(new Uint8Array(0), {});
      },
    },
  };
}

function joined(rows: readonly Uint8Array[], proba: readonly Uint8Array[]): Float32Array {
  const all = new Float32Array(ROWS * 10);
  rows.forEach((bytes, fold) => {
    const values = decodeNpy(proba[fold] ?? new Uint8Array(0)).data as Float32Array;
    [...decodeNpy(bytes).data].forEach((row, i) => all.set(values.subarray(10 * i, 10 * i + 10), 10 * Number(row)));
  });
  return all;
}

function bytesOf(artifact: StepOutput['outputs'][string] | undefined): Uint8Array {
  assert.ok(artifact);
  return artifact.bytes;
}

function read(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
