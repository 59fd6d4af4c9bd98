import assert from 'node:assert/strict';
import { combineStep } from '../../../activities/tasks/combine-bases.js';
import evaluate from '../../../activities/tasks/evaluate.task.js';
import { fitStep } from '../../../activities/tasks/fit-model.js';
import { measureStep } from '../../../activities/tasks/measure-model.js';
import measureStack from '../../../activities/tasks/measure-stack.process.js';
import { predictStep } from '../../../activities/tasks/predict-model.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { method as logPool } from '../../../ml/ensembles/log-pool.js';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import { model as logisticRegression } from '../../../ml/models/logistic-regression.js';
import { model as xgboost } from '../../../ml/models/xgboost.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import type { Evaluation } from '../../../shared/metrics.js';
import type { StepHooks, StepOutput } from '../../../shared/step.js';
import { toyDigits } from '../../support/digits.js';
import { xgboostPath } from '../../support/xgboost-path.js';

describe('the steps of a model', function () {
  this.timeout(60_000);
  const native = { xgboost: xgboostPath() };
  const families = ['hog', 'zoning'];
  const train = toyDigits({ rows: 400, seed: 1 });
  const test = toyDigits({ rows: 100, seed: 2 });
  const labels = [encodeNpy(train.labels, [400])];
  const testLabels = [encodeNpy(test.labels, [100])];
  const [trainFeatures, testFeatures] = [train, test].map(({ x }) => {
    const matrices = extractRows(x, { width: 28, height: 28 }, families.map(familyNamed));
    return Object.fromEntries(matrices.map(({ rows, columns, data }, i) => [`x:${families[i]}`, [encodeNpy(data, [rows, columns])]]));
  });
  const images = [encodeNpy(test.x.data, [100, 28, 28])];
  const hooks = (fractions: number[] = []): StepHooks => ({
    progress: ({ fraction }) => void fractions.push(fraction), signal: new AbortController().signal,
  });
  const run = { seed: 7, native };
  const bytesOf = ({ outputs }: StepOutput, role: string): Uint8Array => outputs[role]?.bytes ?? new Uint8Array(0);

  const fits = { 'logistic-regression': fitStep(logisticRegression), xgboost: fitStep(xgboost) };
  const options = { 'logistic-regression': { maxIterations: 20 }, xgboost: { rounds: 5, maxBin: 16, learningRate: 0.5, minChildWeight: 1 } };
  const predicts = { 'logistic-regression': predictStep(logisticRegression), xgboost: predictStep(xgboost) };
  const names = ['logistic-regression', 'xgboost'] as const;
  const fitted = new Map<string, StepOutput>();
  const predicted = new Map<string, StepOutput>();

  for (const name of names) {
    it(`fit and predict ${name}: validation figures in the summary, probabilities of every row`, async () => {
      const fractions: number[] = [];
      const params = { input: families, options: options[name], validationRows: 100, threads: 1 };
      const fit = await fits[name]({ ...run, params, inputs: { ...trainFeatures, labels } }, hooks(fractions));
      fitted.set(name, fit);
      assert.deepEqual(decodeNpy(bytesOf(fit, 'validationProba')).shape, [100, 10]);
      assert.ok((fit.summary['validationAccuracy'] as number) > 0.8, JSON.stringify(fit.summary));
      assert.ok((fit.summary['validationLogLoss'] as number) < 1.2, JSON.stringify(fit.summary));
      assert.equal(fit.summary['device'], 'cpu');
      assert.equal(fractions.at(-1), 1);
      assert.ok(JSON.stringify(fit.summary).length < 4_000);

      const predict = await predicts[name]({ ...run, params: { input: families }, inputs: { ...testFeatures, model: [bytesOf(fit, 'model')] } }, hooks());
      predicted.set(name, predict);
      assert.deepEqual(decodeNpy(bytesOf(predict, 'testProba')).shape, [100, 10]);
    });
  }

  it('fits on the first rows alone where it is told how many, and judges by all validation rows', async () => {
    const params = { input: families, options: options.xgboost, validationRows: 100, threads: 1, fitRows: 150 };
    const given = { ...run, params, inputs: { ...trainFeatures, labels } };
    const fit = await fits.xgboost(given, hooks());
    assert.deepEqual(decodeNpy(bytesOf(fit, 'validationProba')).shape, [100, 10]);
    const changed = train.labels.slice();
    for (let row = 150; row < 300; row++) changed[row] = (changed[row] ?? 0) ^ 1;
    const other = await fits.xgboost({ ...given, inputs: { ...trainFeatures, labels: [encodeNpy(changed, [400])] } }, hooks());
    assert.deepEqual(bytesOf(other, 'model'), bytesOf(fit, 'model'), 'a later row had a part in it');
    assert.notDeepEqual(bytesOf(fit, 'model'), bytesOf(fitted.get('xgboost') as StepOutput, 'model'));
    for (const fitRows of [0, 301]) {
      await assert.rejects(async () => fits.xgboost({ ...given, params: { ...params, fitRows } }, hooks()), (error: Error) => error instanceof InvalidConfigError && /expected 1 to 300/.test(error.message));
    }
  });

  it('names the columns of XGBoost\'s importances, of all digits and of each', () => {
    const importance = fitted.get('xgboost')?.summary['importance'] as [string, number][];
    assert.ok(importance.length > 0 && importance.every(([name]) => /^(hog|zoning)\./.test(name)), JSON.stringify(importance));
    const byDigit = fitted.get('xgboost')?.summary['classImportance'] as [string, number][][];
    assert.equal(byDigit.length, 10);
    assert.ok(byDigit.every((columns) => columns.length > 0 && columns.every(([name]) => /^(hog|zoning)\./.test(name))), JSON.stringify(byDigit));
  });

  it('lets no label of the validation rows into the fit', async () => {
    const changed = train.labels.slice();
    for (let row = 300; row < 400; row++) changed[row] = ((changed[row] ?? 0) + 1) % 10;
    const params = { input: families, options: options['logistic-regression'], validationRows: 100 };
    const other = await fits['logistic-regression']({ ...run, params, inputs: { ...trainFeatures, labels: [encodeNpy(changed, [400])] } }, hooks());
    assert.deepEqual(Buffer.from(bytesOf(other, 'model')), Buffer.from(bytesOf(fitted.get('logistic-regression') as StepOutput, 'model')));
  });

  it('refuses an unknown option, one of another type, and a validation split that leaves nothing', async () => {
    const attempt = (changed: object): Promise<StepOutput> => {
      const params = { input: families, options: {}, validationRows: 100, ...changed };
      return Promise.resolve(fits.xgboost({ ...run, params, inputs: { ...trainFeatures, labels } }, hooks()));
    };
    await assert.rejects(attempt({ options: { depth: 3 } }), (error) => error instanceof InvalidConfigError && /depth.*maxDepth/.test(error.message));
    await assert.rejects(attempt({ options: { maxDepth: '3' } }), InvalidConfigError);
    await assert.rejects(attempt({ validationRows: 400 }), InvalidDataError);
  });

  it('combine, evaluate: the ensemble is measured with its bases', async () => {
    const lists = { validationProba: names.map((name) => bytesOf(fitted.get(name) as StepOutput, 'validationProba')), testProba: names.map((name) => bytesOf(predicted.get(name) as StepOutput, 'testProba')) };
    const made = await combineStep(logPool)({ ...run, params: { names, options: { C: 0.1 }, validationRows: 100 }, inputs: { ...lists, labels } }, hooks());
    fitted.set('stack', made);
    assert.deepEqual(decodeNpy(bytesOf(made, 'validationProba')).shape, [100, 10]);
    assert.ok((made.summary['validationAccuracy'] as number) > 0.8);

    const all = [...names, 'stack'];
    const proba = [...lists.testProba, bytesOf(made, 'testProba')];
    const result = await evaluate({ ...run, params: { names: all, variants: [], reference: 'stack' }, inputs: { proba, labels: testLabels } }, hooks());
    const evaluation = JSON.parse(new TextDecoder().decode(bytesOf(result, 'evaluation'))) as Evaluation;
    assert.deepEqual(evaluation.models.map(({ name }) => name), all);
    assert.deepEqual(evaluation.paired.map(({ a, b }) => [a, b]), [['stack', 'logistic-regression'], ['stack', 'xgboost']]);
    assert.deepEqual(Object.keys(result.summary['accuracy'] as object), all);
  });

  it('measure a model, and the whole stack, from pixels', async () => {
    const params = { input: families, images: 20 };
    const one = await measureStep(xgboost)({ ...run, params, inputs: { images, model: [bytesOf(fitted.get('xgboost') as StepOutput, 'model')] } }, hooks());
    const models = names.map((name) => ({ name, kind: name, input: families }));
    const bases = Object.fromEntries(names.map((name) => [`model:${name}`, [bytesOf(fitted.get(name) as StepOutput, 'model')]]));
    const meta = [bytesOf(fitted.get('stack') as StepOutput, 'model')];
    const whole = await measureStack({ ...run, params: { models, images: 20 }, inputs: { ...bases, meta, images } }, hooks());
    for (const { summary } of [one, whole]) {
      const { p50Ms, p99Ms, imagesPerSecond } = summary as Record<string, number>;
      assert.ok(p50Ms && p99Ms && imagesPerSecond && p50Ms > 0 && p99Ms >= p50Ms && imagesPerSecond > 0, JSON.stringify(summary));
    }
    assert.match(String(one.summary['runtime']), /^onnxruntime-node \d/);
    assert.match(String(whole.summary['runtime']), /^onnxruntime-node \d\S+ \+ typescript$/);
  });
});
