import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIMES } from '../../activities/verification/runtimes.js';
import { verifyModels } from '../../activities/verification/verify-model.js';
import type { Verification } from '../../activities/verification/verification.js';
import { CALIBRATORS } from '../../ml/calibration/registry.js';
import { joinColumns } from '../../ml/data/join-columns.js';
import { ENSEMBLES } from '../../ml/ensembles/registry.js';
import { agreement } from '../../ml/evaluation/agreement.js';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import { calibratedGraph } from '../../ml/export/onnx/classical/calibrated.js';
import { CLASSICAL_GRAPHS, rowGraphOnnx } from '../../ml/export/onnx/classical/classical-onnx.js';
import { writeSafetensors } from '../../ml/export/safetensors/write-safetensors.js';
import { inputsFromPixels } from '../../ml/features/inputs-from-pixels.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import { model as logisticRegression } from '../../ml/models/logistic-regression.js';
import { model as randomForest } from '../../ml/models/random-forest.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { MODELS } from '../../ml/models/registry.js';
import { model as xgboost } from '../../ml/models/xgboost.js';
import type { ModelKind } from '../../ml/models/model.js';
import { someFacts } from '../ml/export/some-facts.js';
import { recordedNetwork } from '../activities/verification/recorded-network.js';
import { CALIBRATION_METHODS } from '../../shared/calibration.js';
import { ENSEMBLE_METHODS } from '../../shared/ensemble-methods.js';
import { NETWORK_FORMATS } from '../../shared/export-formats.js';
import type { FamilyName } from '../../shared/family-names.js';
import { MODEL_NAMES, NETWORK_NAMES } from '../../shared/model-names.js';
import { mnistSubset } from '../support/digits.js';
import type { Digits } from '../support/digits.js';
import { QUIET } from '../support/fit-context.js';
import { recordedRun } from '../support/recorded-run.js';
import type { RecordedModel, RecordedRun } from '../support/recorded-run.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { xgboostPath } from '../support/xgboost-path.js';
import { pythonPackages } from './python-packages.js';

const ROWS = 700; // more than one batch of the runtimes

describe('The official runtimes on the files of a run', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  const test = mnistSubset({ split: 'train', from: 2_000, to: 2_000 + ROWS });

  async function verified({ store, runId, models }: RecordedRun): Promise<Verification[]> {
    const found: Verification[] = [];
    for await (const one of verifyModels({ store, runId, stagingFolder: folder(), python: [pythonPackages()], native: { xgboost: xgboostPath() } }, { models })) found.push(one);
    return found;
  }

  it('agree with a network in every format', async () => {
    const found = await verified(await recordedRun(test, [await recordedNetwork('net', test)]));
    assert.deepEqual(found.map(({ format }) => format), NETWORK_FORMATS);
    for (const { format, verdict, reason, agreement } of found) assert.equal(verdict, 'agrees', `${format}: ${reason} ${JSON.stringify(agreement)}`);
  });

  it('find weights that are not the model\'s', async () => {
    const network = await recordedNetwork('net', mnistSubset({ split: 'train', from: 0, to: 2 }));
    const weights = readLayersModel(network.bytes).weights;
    const other = weights.map(({ data, ...weight }, i) => ({ ...weight, data: i === 1 ? data.map((value) => value + 1e-7) : data }));
    const call = { files: { 'net.safetensors': writeSafetensors(other, exportMetadata(someFacts)) }, saved: network.bytes, folder: folder(), python: [pythonPackages()] };
    const rows = { values: new Float32Array(0), shape: [0], expected: { rows: 0, columns: 10, data: new Float32Array(0) }, labels: new Uint8Array(0) };
    const answers = await RUNTIMES['safetensors']({ ...call, rows });
    assert.deepEqual('differing' in answers && [answers.tensors, answers.differing], [weights.length, [weights[1]?.name]]);
  });

  const [rows, judged] = [mnistSubset({ split: 'train', from: 0, to: 1_500 }), mnistSubset({ split: 'train', from: 1_500, to: 1_700 })];
  const context = { ...QUIET, native: { xgboost: xgboostPath() } };
  const assertAgree = (found: readonly Verification[]): void => {
    for (const { model, format, verdict, reason, agreement } of found) assert.equal(verdict, 'agrees', `${model}, ${format}: ${reason} ${JSON.stringify(agreement)}`);
  };
  const recorded = async <O extends object>(kind: ModelKind<O>, changed: object, sets: { readonly rows: LabelledMatrix; readonly judged: LabelledMatrix; readonly asked: Matrix }): Promise<RecordedModel> => {
    const model = await kind.fit(sets.rows, sets.judged, { ...kind.defaults, ...changed }, context);
    const made = { name: `my-${kind.name}`, kind: kind.name, bytes: await model.save(), testProba: await model.predictProba(sets.asked) };
    model.dispose();
    return made;
  };
  const onPixels = <O extends object>(kind: ModelKind<O>, changed: Partial<O>): Promise<RecordedModel> => recorded(kind, changed, { rows, judged, asked: test.x });

  it('agree with classical models', async () => {
    const models = [await onPixels(logisticRegression, {}), await onPixels(randomForest, { trees: 10 }), await onPixels(xgboost, { rounds: 12, columns: 200 })];
    const found = await verified(await recordedRun(test, models));
    assertAgree(found);
    assert.deepEqual(found.map(({ model, format }) => `${model} ${format}`), ['my-logistic-regression onnx', 'my-random-forest onnx', 'my-xgboost onnx', 'my-xgboost xgboost']);
  });

  const familyOf = (name: FamilyName, { x }: Digits): Matrix<Float32Array> => inputsFromPixels(x, { width: 28, height: 28 }, [[name]])[0] as Matrix<Float32Array>;
  const columnsOf = (digits: Digits): Matrix<Float32Array> => joinColumns(['zoning', 'hog'], [familyOf('zoning', digits), familyOf('hog', digits)]);
  const FEW: Readonly<Record<string, object>> = { xgboost: { rounds: 12 }, 'ada-boost': { trees: 12, maxDepth: 3 }, ...Object.fromEntries(['random-forest', 'extra-trees', 'bagging'].map((kind) => [kind, { trees: 10, threads: 1 }])) };
  const CLASSICAL = MODEL_NAMES.filter((name) => !NETWORK_NAMES.includes(name));
  let onColumns: readonly RecordedModel[];
  before(async () => {
    const features = { zoning: familyOf('zoning', test), hog: familyOf('hog', test) };
    const sets = { rows: { x: columnsOf(rows), labels: rows.labels }, judged: { x: columnsOf(judged), labels: judged.labels }, asked: columnsOf(test) };
    const made: RecordedModel[] = [];
    for (const name of CLASSICAL) made.push({ ...(await recorded(MODELS[name], FEW[name] ?? {}, sets)), features });
    onColumns = made;
  });

  it('agree with every classical kind on feature columns, and with one made smaller', async () => {
    const forest = onColumns.find(({ kind }) => kind === 'random-forest') ?? assert.fail();
    const found = await verified(await recordedRun(test, [...onColumns, { ...forest, name: 'my-random-forest-small', of: forest.name }]));
    assertAgree(found);
    assert.deepEqual(found.map(({ model, format }) => `${model} ${format}`), [...CLASSICAL.flatMap((kind) => [`my-${kind} onnx`, ...(kind === 'xgboost' ? ['my-xgboost xgboost'] : [])]), 'my-random-forest-small onnx']);
    for (const { model, agreement } of found) assert.ok((agreement?.accuracy.model ?? 0) > 0.6, `${model}: ${agreement?.accuracy.model} says little`);
  });

  it('agree with ensembles of every kind, in one file with their models or on their probabilities', async () => {
    const pick = (kind: string): RecordedModel => onColumns.find((model) => model.kind === kind) ?? assert.fail(kind);
    const pixels = { ...(await onPixels(logisticRegression, {})), name: 'on-pixels' };
    const alike = [pick('svm'), pick('random-forest'), pick('logistic-regression'), pick('xgboost')];
    const mixed = [pixels, pick('knn'), pick('gaussian-nb')];
    const ensembles: RecordedModel[] = [];
    for (const [named, bases] of [['joined', alike], ['mixed', mixed]] as const) {
      const names = bases.map(({ name }) => name);
      for (const method of ENSEMBLE_METHODS) {
        const ensemble = await ENSEMBLES[method].fit({ names, probabilities: bases.map(({ testProba }) => testProba) }, test.labels, ENSEMBLES[method].defaults, context);
        ensembles.push({ name: `${method}-${named}`, kind: method, bytes: await ensemble.save(), testProba: await ensemble.predictProba(bases.map(({ testProba }) => testProba)), bases: names });
        ensemble.dispose();
      }
    }
    const run = await recordedRun(test, [...alike, ...mixed, ...ensembles]);
    const found: Verification[] = [];
    const named = run.models.filter(({ bases }) => bases);
    for await (const one of verifyModels({ store: run.store, runId: run.runId, stagingFolder: folder(), python: [pythonPackages()], native: context.native }, { models: run.models, named })) found.push(one);
    assertAgree(found);
    assert.deepEqual(found.map(({ model, format }) => `${model} ${format}`), ensembles.map(({ name }) => `${name} onnx`));
  });

  for (const method of CALIBRATION_METHODS) {
    it(`answer as a model with its calibrator behind it: ${method}`, async () => {
      // A forest's file gives its very probabilities; a calibrator that rises steeply makes more of a difference that others have.
      const forest = onColumns.find(({ kind }) => kind === 'random-forest') ?? assert.fail();
      const calibrator = CALIBRATORS[method].fit(forest.testProba, test.labels);
      const graph = CLASSICAL_GRAPHS['random-forest']?.(forest.bytes) ?? assert.fail();
      const asked = columnsOf(test);
      const own = join(folder(), method);
      mkdirSync(own);
      const answers = await RUNTIMES['onnx']({ files: { 'forest.onnx': rowGraphOnnx('forest', calibratedGraph(graph, calibrator)) }, rows: { values: asked.data, shape: [asked.rows, asked.columns] }, folder: own, python: [pythonPackages()] });
      assert.ok('probabilities' in answers);
      const calibrated = calibrator.apply(forest.testProba);
      const found = agreement('everywhere', calibrated, { ...calibrated, data: answers.probabilities }, test.labels);
      assert.ok(found.agrees, JSON.stringify(found));
      const { largestDifference } = agreement('everywhere', calibrated, forest.testProba, test.labels);
      assert.equal(largestDifference > 0.01, method !== 'none', `${largestDifference}`);
    });
  }
});
