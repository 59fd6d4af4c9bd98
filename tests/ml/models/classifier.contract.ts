import assert from 'node:assert/strict';
import type { LabelledMatrix, Matrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { CLASSES } from '../../../ml/models/model.js';
import type { Classifier, FitContext, ModelKind } from '../../../ml/models/model.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import type { NativePaths, StepProgress } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';

export interface ContractSettings<O extends object> {
  /** Options over the kind's defaults: make the fit quick. */
  readonly options?: Partial<O>;
  /** Training rows. @default 300 */
  readonly rows?: number;
  readonly native?: NativePaths;
  /** Makes the digits. @default toyDigits */
  readonly digits?: typeof toyDigits;
  /** Accuracy on unseen toy digits that a working model reaches. @default 0.9 */
  readonly accuracy?: number;
}

/**
 * What every model owes its callers. A class that is missing from training is no error: the model gives it a low
 * probability, and stays right about the others.
 */
export function testClassifierContract<O extends object>(kind: ModelKind<O>, settings: ContractSettings<O> = {}): void {
  const { rows = 300, native = {}, digits = toyDigits, accuracy = 0.9 } = settings;
  const options = { ...kind.defaults, ...settings.options };
  const all = digits({ rows: rows + 200, seed: 7 });
  const train = slice(all, 0, rows);
  const validation = slice(all, rows, rows + 100);
  const unseen = slice(all, rows + 100, rows + 200);
  const context = (over: Partial<FitContext> = {}): FitContext => ({
    seed: 11, native, signal: new AbortController().signal, progress: () => undefined, ...over,
  });
  const opened: Classifier[] = [];
  const fit = async (on: LabelledMatrix, over: Partial<FitContext> = {}): Promise<Classifier> => {
    const model = await kind.fit(on, validation, options, context(over));
    opened.push(model);
    return model;
  };

  describe(`${kind.name} keeps the classifier contract`, function () {
    this.timeout(60_000);
    const heard: StepProgress[] = [];
    const untouched = Uint8Array.from(train.x.data);
    let model: Classifier;
    let proba: Matrix<Float32Array>;
    before(async () => {
      model = await fit(train, { progress: (update) => heard.push(update) });
      proba = await model.predictProba(unseen.x);
    });
    after(() => opened.forEach((one) => one.dispose()));

    it('learns the toy digits', () => {
      const hits = unseen.labels.filter((label, row) => label === argmaxRow(proba, row)).length;
      assert.ok(hits / unseen.labels.length >= accuracy, `accuracy ${hits / unseen.labels.length}, expected ${accuracy}`);
    });

    it('gives ten probabilities a row, which sum to one', () => {
      assert.deepEqual([proba.rows, proba.columns, proba.data.length], [100, CLASSES, 100 * CLASSES]);
      for (let row = 0; row < proba.rows; row++) {
        const values = proba.data.subarray(row * CLASSES, (row + 1) * CLASSES);
        assert.ok(values.every((value) => value >= 0 && value <= 1), `row ${row}: ${values.join(' ')}`);
        assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-5, `row ${row} does not sum to one`);
      }
    });

    it('says its width, its size, its runtime and small details', () => {
      assert.equal(model.columns, train.x.columns);
      assert.ok(Number.isInteger(model.parameters) && model.parameters > 0);
      assert.match(model.runtime, /\w/);
      assert.ok(JSON.stringify(model.details).length < 3_000);
    });

    it('predicts the same for a batch of one as for the whole batch', async () => {
      for (const row of [0, 1, 57]) {
        const one = await model.predictProba(rowsBetween(unseen.x, row, row + 1));
        assertClose(one.data, proba.data.subarray(row * CLASSES, (row + 1) * CLASSES), 1e-6);
      }
    });

    it('predicts nothing for no rows', async () => {
      assert.equal((await model.predictProba(rowsBetween(unseen.x, 0, 0))).data.length, 0);
    });

    it('gives the same bytes for the same seed', async () => {
      const again = await fit(train);
      assert.deepEqual(Buffer.from(await again.save()), Buffer.from(await model.save()));
    });

    it('gives the same probabilities after a round trip through bytes', async () => {
      const bytes = await model.save();
      const back = await kind.load(bytes, native);
      opened.push(back);
      assert.deepEqual((await back.predictProba(unseen.x)).data, proba.data);
      assert.deepEqual([back.columns, back.parameters], [model.columns, model.parameters]);
      assert.deepEqual(Buffer.from(await back.save()), Buffer.from(bytes));
    });

    it('leaves its inputs unchanged', () => {
      assert.deepEqual(Buffer.from(untouched), Buffer.from(train.x.data as Uint8Array));
    });

    it('refuses rows of another width, naming both', async () => {
      const narrow: Matrix = { rows: 2, columns: 5, data: new Uint8Array(10) };
      await assert.rejects(model.predictProba(narrow), (error) => {
        assert.ok(error instanceof InvalidModelError, String(error));
        assert.match(error.message, new RegExp(`\\b${train.x.columns}\\b`));
        assert.match(error.message, /\b5\b/);
        return true;
      });
    });

    it('refuses an empty training set', async () => {
      await assert.rejects(fit(slice(train, 0, 0)), InvalidDataError);
    });

    it('refuses NaN', async () => {
      const data = Float32Array.from(train.x.data, (value) => value / 255);
      data[train.x.columns + 3] = Number.NaN;
      await assert.rejects(fit({ x: { ...train.x, data }, labels: train.labels }), InvalidDataError);
    });

    it('refuses labels that are no digits, and labels of another number than rows', async () => {
      const labels = train.labels.slice();
      labels[4] = 10;
      await assert.rejects(fit({ x: train.x, labels }), InvalidDataError);
      await assert.rejects(fit({ x: train.x, labels: train.labels.subarray(1) }), InvalidDataError);
    });

    it('stays right about nine classes when the tenth is missing from training', async () => {
      const kept = [...train.labels.keys()].filter((row) => train.labels[row] !== 3);
      const nine = await fit(pick(train, kept));
      const answers = await nine.predictProba(unseen.x);
      const known = [...unseen.labels.keys()].filter((row) => unseen.labels[row] !== 3);
      const hits = known.filter((row) => argmaxRow(answers, row) === unseen.labels[row]).length;
      assert.ok(hits / known.length >= accuracy, `accuracy ${hits / known.length}, expected ${accuracy}`);
    });

    it('refuses foreign bytes', async () => {
      await assert.rejects(kind.load(new TextEncoder().encode('not a model at all'), native), InvalidModelError);
      await assert.rejects(kind.load(new Uint8Array(0), native), InvalidModelError);
      const cut = (await model.save()).slice(0, 60);
      await assert.rejects(kind.load(cut, native), InvalidModelError);
    });

    it('reports progress that rises to one', () => {
      assert.ok(heard.length > 0);
      const fractions = heard.map((update) => update.fraction);
      assert.deepEqual(fractions, [...fractions].sort((a, b) => a - b));
      assert.ok(fractions.every((fraction) => fraction >= 0 && fraction <= 1));
      assert.equal(fractions.at(-1), 1);
    });

    it('stops when it is aborted', async () => {
      const controller = new AbortController();
      const reason = new Error('stop now');
      controller.abort(reason);
      await assert.rejects(fit(train, { signal: controller.signal }), (error) => error === reason);
      const later = new AbortController();
      const stopped = fit(train, { signal: later.signal, progress: () => later.abort(reason) });
      await assert.rejects(stopped, (error) => error === reason);
    });
  });
}

function slice({ x, labels }: LabelledMatrix, from: number, to: number): LabelledMatrix {
  return { x: rowsBetween(x, from, to), labels: labels.subarray(from, to) };
}

function pick({ x, labels }: LabelledMatrix, rows: readonly number[]): LabelledMatrix {
  const data = new Uint8Array(rows.length * x.columns);
  rows.forEach((row, index) => data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), index * x.columns));
  return { x: { rows: rows.length, columns: x.columns, data }, labels: Uint8Array.from(rows, (row) => labels[row] ?? 0) };
}

function argmaxRow(proba: Matrix<Float32Array>, row: number): number {
  const values = proba.data.subarray(row * CLASSES, (row + 1) * CLASSES);
  return values.indexOf(Math.max(...values));
}

function assertClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  actual.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? Number.NaN)) <= tolerance, `${value} is not ${expected[i]}`));
}
