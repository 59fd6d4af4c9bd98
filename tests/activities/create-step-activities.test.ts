import assert from 'node:assert/strict';
import { createRunActivities } from '../../activities/create-run-activities.js';
import { createStepActivities } from '../../activities/create-step-activities.js';
import type { ExportFacts } from '../../ml/export/export-metadata.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { ModelConfig } from '../../shared/config.js';
import type { CandidateHandle } from '../../shared/contracts/candidates.js';
import type { RunActivities } from '../../shared/contracts/records.js';
import type { FittedModel, StepActivities } from '../../shared/contracts/steps.js';
import type { DatasetManifest, FeatureManifest } from '../../shared/dataset.js';
import { InternalError, InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepResult } from '../../shared/step.js';
import { stepKey } from '../../storage/keys.js';
import { readStepManifest, writeStepManifest } from '../../storage/manifest.js';
import type { StepWorld } from '../support/step-world.js';
import { stepWorld } from '../support/step-world.js';
import { until } from '../support/until.js';

describe('the step activities', () => {
  let world: StepWorld;
  let activities: StepActivities;
  let books: RunActivities;
  let dataset: ArtifactRef;
  let features: ArtifactRef;
  const names = new Map<string, string>();

  const put = async (name: string): Promise<ArtifactRef> => {
    const ref = await world.store.put(new TextEncoder().encode(name), MEDIA.npy);
    names.set(ref.digest, name);
    return ref;
  };
  const json = (value: unknown): Promise<ArtifactRef> => world.store.put(new TextEncoder().encode(JSON.stringify(value)), MEDIA.json);
  /** What a step was given: its inputs by the names under which they were put. */
  const given = async ({ key }: StepResult<object>): Promise<Record<string, string[]>> => {
    const manifest = await readStepManifest(world.store, key);
    assert.ok(manifest);
    return Object.fromEntries(Object.entries(manifest.parts.inputs).map(([role, digests]) => [role, digests.map((digest) => names.get(digest) ?? '?')]));
  };
  const paramsOf = async ({ key }: StepResult<object>): Promise<unknown> => (await readStepManifest(world.store, key))?.parts.params;

  before(async () => {
    world = await stepWorld({});
    activities = createStepActivities(world.deps);
    books = createRunActivities({ store: world.store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    const shards = (split: string): Promise<{ ref: ArtifactRef; rows: number }[]> =>
      Promise.all([0, 1].map(async (i) => ({ ref: await put(`${split} images ${i}`), rows: 5 })));
    const manifest: DatasetManifest = {
      kind: 'dataset', width: 28, height: 28, classes: 10, validationRows: 3,
      train: { rows: 10, images: await shards('train'), labels: await put('train labels') },
      test: { rows: 10, images: await shards('test'), labels: await put('test labels') },
    };
    dataset = await json(manifest);
    const matrices = async (split: string): Promise<string[]> =>
      Promise.all([0, 1].map(async (i) => {
        const parts = { step: 'extract-features', version: '', params: { split, shard: i }, inputs: {}, environment: {} };
        const outputs = { hog: await put(`${split} hog ${i}`), zoning: await put(`${split} zoning ${i}`) };
        const key = stepKey(parts);
        await writeStepManifest(world.store, { kind: 'step', key, label: '', parts, outputs, summary: {}, computedSeconds: 0, computedAt: '', attempt: 1, machine: {} });
        return key;
      }));
    const indexed = await activities.indexFeatures({ families: ['hog', 'zoning'], train: await matrices('train'), test: await matrices('test'), augmented: [], dataset });
    assert.ok(indexed.outputs['features']);
    features = indexed.outputs['features'];
  });
  after(() => world.close());

  const config = (kind: ModelConfig['kind'], input: ModelConfig['input'], params: ModelConfig['params'] = {}): ModelConfig => ({ kind, input, params, device: 'cpu', rows: 'original' });
  const fitted = async (name: string, model: ModelConfig): Promise<FittedModel> => ({ name, config: model, model: await put(`model ${name}`), validationProba: await put(`validation of ${name}`) });

  /** Records a fitted model as a candidate. */
  const candidate = async ({ name, config: model, ...artifacts }: FittedModel): Promise<CandidateHandle> =>
    books.recordCandidate({ name, modelKind: model.kind, config: model, artifacts: { ...artifacts, testProba: await put(`test of ${name}`) }, parameters: 1, fit: '' });

  it('index the features of every shard with their rows and columns', async () => {
    const manifest = JSON.parse(new TextDecoder().decode(await world.store.get(features))) as FeatureManifest;
    assert.deepEqual(Object.keys(manifest.families), ['hog', 'zoning']);
    assert.equal(manifest.families['hog']?.columns.length, 81);
    assert.deepEqual(manifest.families['zoning']?.test.map(({ ref, rows }) => [names.get(ref.digest), rows]), [['test zoning 0', 5], ['test zoning 1', 5]]);
  });

  it('extract features of one shard from that shard alone', async () => {
    const result = await activities.extractFeatures({ dataset, split: 'test', shard: 1, families: ['zoning'] });
    assert.deepEqual(await given(result), { images: ['test images 1'] });
    await assert.rejects(activities.extractFeatures({ dataset, split: 'test', shard: 2, families: ['zoning'] }), InvalidConfigError);
  });

  it('fit a model of the pixels on training images and training labels', async () => {
    const model = config('cnn', 'pixels', { epochs: 2, threads: 2 });
    const result = await activities.fitModel({ name: 'cnn', dataset, model, randomState: 1, progressTo: 'run' });
    assert.equal(result.step, 'fit-cnn');
    assert.deepEqual(await given(result), { images: ['train images 0', 'train images 1'], labels: ['train labels'] });
    assert.deepEqual(await paramsOf(result), { input: 'pixels', options: { epochs: 2 }, validationRows: 3, threads: 2 });
  });

  it('fit a network that begins with stored weights, and refuse a path that no worker can read', async () => {
    const input = { name: 'cnn', dataset, randomState: 1, progressTo: 'run' };
    const result = await activities.fitModel({ ...input, model: { ...config('cnn', 'pixels'), initialWeights: await put('weights') } });
    assert.deepEqual(await given(result), { images: ['train images 0', 'train images 1'], labels: ['train labels'], initialWeights: ['weights'] });
    assert.notEqual(result.key, (await activities.fitModel({ ...input, model: config('cnn', 'pixels') })).key);
    await assert.rejects(activities.fitModel({ ...input, model: { ...config('cnn', 'pixels'), initialWeights: 'a.zip' } }), InvalidConfigError);
  });

  it('fit on fewer rows under a key of their own', async () => {
    const input = { name: 'cnn', dataset, model: config('cnn', 'pixels'), randomState: 1, progressTo: 'run' };
    const result = await activities.fitModel({ ...input, fitRows: 4 });
    assert.deepEqual(await paramsOf(result), { input: 'pixels', options: {}, validationRows: 3, threads: 1, fitRows: 4 });
    assert.notEqual(result.key, (await activities.fitModel(input)).key);
  });

  it('fit a model\'s first seed under the key that it has alone, and further ones with seeds that its settings do not change', async () => {
    const seedOf = (number: number): { model: string; number: number } => ({ model: 'cnn', number });
    const input = { name: 'cnn', dataset, model: config('cnn', 'pixels'), randomState: 1, progressTo: 'run' };
    const fit = (more: object): Promise<StepResult> => activities.fitModel({ ...input, ...more });
    const seedUsed = async ({ key }: StepResult): Promise<number | undefined> => (await readStepManifest(world.store, key))?.parts.seed;
    assert.equal((await fit({ seedOf: seedOf(1) })).key, (await fit({})).key);
    const other = config('cnn', 'pixels', { dropout: 0.1 });
    const [first, second, third] = await Promise.all([1, 2, 3].map((number) => fit({ seedOf: seedOf(number) }).then(seedUsed)));
    assert.equal(new Set([first, second, third]).size, 3);
    assert.notEqual(await seedUsed(await fit({ model: other, seedOf: seedOf(1) })), first);
    assert.equal(await seedUsed(await fit({ model: other, seedOf: seedOf(2) })), second);
    assert.notEqual(await seedUsed(await fit({ randomState: 2, seedOf: seedOf(2) })), second);
  });

  it('fit a model of features on their training matrices alone', async () => {
    const model = config('logistic-regression', ['zoning']);
    const result = await activities.fitModel({ name: 'lr', dataset, features, model, randomState: 1, progressTo: 'run' });
    assert.deepEqual(await given(result), { 'x:zoning': ['train zoning 0', 'train zoning 1'], labels: ['train labels'] });
    await assert.rejects(activities.fitModel({ name: 'lr', dataset, model, randomState: 1, progressTo: 'run' }), InvalidConfigError);
  });

  it('signal the progress of a fit to its run', async () => {
    world.signals.length = 0;
    await activities.fitModel({ name: 'signalling', dataset, model: config('cnn', 'pixels'), randomState: 99, progressTo: 'run' });
    const [signal] = await until(() => (world.signals.length > 0 ? world.signals : undefined));
    assert.deepEqual(signal, { name: 'signalling', fraction: 0.5, note: 'half', metrics: { loss: 0.25 } });
  });

  it('predict, stack, quantise and measure without a test label', async () => {
    const cnn = await fitted('cnn', config('cnn', 'pixels'));
    const lr = await fitted('lr', config('logistic-regression', ['hog']));
    const predicted = await activities.predictTest({ fitted: lr, dataset, features });
    assert.deepEqual(await given(predicted), { 'x:hog': ['test hog 0', 'test hog 1'], model: ['model lr'] });

    const bases = await Promise.all([cnn, lr].map(candidate));
    const [ofCnn, ofLr] = bases as [CandidateHandle, CandidateHandle];
    const ofBases = { validationProba: ['validation of cnn', 'validation of lr'], labels: ['train labels'] };
    const pool = await activities.combine({ method: 'log-pool', options: { C: 2 }, bases, dataset, randomState: 1 });
    assert.equal(pool.step, 'combine-log-pool');
    assert.deepEqual(await given(pool), { ...ofBases, testProba: ['test of cnn', 'test of lr'] });
    const diversity = await activities.diversity({ method: 'greedy', options: {}, bases, dataset, randomState: 1 });
    assert.deepEqual(await given(diversity), ofBases);

    const quantized = await activities.quantize({ candidate: ofCnn, dataset, calibrationImages: 2, randomState: 1 });
    assert.deepEqual(await given(quantized), {
      model: ['model cnn'], images: ['train images 0', 'train images 1'], labels: ['train labels'], testImages: ['test images 0', 'test images 1'], validationProba: ['validation of cnn'],
    });
    const { facts, ...quantizing } = (await paramsOf(quantized)) as { readonly facts: ExportFacts };
    assert.deepEqual([facts.name, quantizing], ['cnn-int8', { form: 'int8', calibrationImages: 2, validationRows: 3, threads: 1 }]);
    const half = await activities.quantize({ candidate: ofCnn, form: 'float16', dataset, calibrationImages: 2, randomState: 1 });
    assert.deepEqual(await paramsOf(half), { facts: { ...facts, name: 'cnn-float16' }, form: 'float16', validationRows: 3, threads: 1 });

    const ensemble = await books.recordCandidate({ name: 'ensemble', modelKind: 'log-pool', bases, artifacts: { model: await put('meta') }, parameters: 1, fit: '' });
    const measured = await activities.measure({ candidate: ensemble, dataset, images: 5 });
    assert.equal(measured.step, 'measure-stack');
    assert.deepEqual(await given(measured), { 'model:cnn': ['model cnn'], 'model:lr': ['model lr'], meta: ['meta'], images: ['test images 0'] });
    const single = await activities.measure({ candidate: ofLr, dataset, images: 5 });
    assert.equal(single.step, 'measure-logistic-regression');
    assert.deepEqual(await given(single), { model: ['model lr'], images: ['test images 0'] });
    const machine = (await readStepManifest(world.store, single.key))?.parts.environment['machine'];
    assert.ok(machine, 'a measurement is keyed by its machine');
  });

  it('read the test labels in evaluate, and compare a variant with its model', async () => {
    const model = await candidate(await fitted('cnn', config('cnn', 'pixels')));
    const variant = await books.recordCandidate({ name: 'cnn-int8', modelKind: 'tflite', of: model, artifacts: { testProba: await put('test of int8') }, parameters: 1, fit: '' });
    const result = await activities.evaluate({ dataset, candidates: [model, variant], calibrated: [], randomState: 1 });
    assert.deepEqual(await given(result), { proba: ['test of cnn', 'test of int8'], labels: ['test labels'] });
    assert.deepEqual(await paramsOf(result), { names: ['cnn', 'cnn-int8'], variants: [['cnn', 'cnn-int8']] });
  });

  it('calibrate on validation probabilities and training labels, and evaluate with what that made, candidate by candidate', async () => {
    const candidates = await Promise.all(['a', 'b'].map(async (name) => candidate(await fitted(name, config('cnn', 'pixels')))));
    const settings = { methods: ['platt'], risks: [0.01], alphas: [0.1] } as const;
    const [handle] = candidates as [CandidateHandle];
    const calibrated = await activities.calibrate({ candidate: handle, dataset, ...settings, randomState: 1 });
    assert.deepEqual(await given(calibrated), { proba: ['validation of a'], labels: ['train labels'] });
    assert.deepEqual(await paramsOf(calibrated), { name: 'a', ...settings, validationRows: 3 });

    const commit = async (name: string): Promise<string> => {
      const parts = { step: 'calibrate', version: '', params: { name }, inputs: {}, environment: {} };
      const key = stepKey(parts);
      await writeStepManifest(world.store, { kind: 'step', key, label: '', parts, outputs: { calibration: await put(`calibration of ${name}`) }, summary: {}, computedSeconds: 0, computedAt: '', attempt: 1, machine: {} });
      return key;
    };
    const parts = await Promise.all(['a', 'b'].map(async (name) => books.keepKeys({ keys: [await commit(name)] })));
    const evaluated = await activities.evaluate({ dataset, candidates, calibrated: parts, randomState: 1 });
    assert.deepEqual(await given(evaluated), { proba: ['test of a', 'test of b'], calibration: ['calibration of a', 'calibration of b'], labels: ['test labels'] });
    await assert.rejects(activities.evaluate({ dataset, candidates, calibrated: parts.slice(1), randomState: 1 }), (error) => error instanceof InternalError && /1 candidates were calibrated, 2 are evaluated/.test(error.message));
    await assert.rejects(activities.evaluate({ dataset, candidates, calibrated: [await books.keepKeys({ keys: ['f'.repeat(64), 'f'.repeat(64)] })], randomState: 1 }), { name: 'NotFoundError' });
  });

  it('read the artifacts of candidates where an analysis asks for a role, before what it is given', async () => {
    const handles = await Promise.all([fitted('a', config('cnn', 'pixels')), fitted('b', config('cnn', 'pixels'))].map(async (model) => candidate(await model)));
    const audit = { step: 'audit-labels', label: 'label-audit', params: {}, dataset } as const;
    const result = await activities.analyse({ ...audit, candidates: { testProba: handles }, given: { testProba: [await put('test of a fold')] } });
    assert.deepEqual((await given(result))['testProba'], ['test of a', 'test of b', 'test of a fold']);
    await assert.rejects(activities.analyse({ ...audit, candidates: { tflite: handles } }), (error) => error instanceof InternalError && /"a" \(cnn\) has model, validationProba, testProba, expected an artifact tflite/.test(error.message));
  });

  it('name the candidate whose entry is gone', async () => {
    const lost = { name: 'lost', digest: 'f'.repeat(64), bytes: 10 };
    await assert.rejects(activities.evaluate({ dataset, candidates: [lost], calibrated: [], randomState: 1 }), { name: 'NotFoundError' });
  });

  it('refuse a reference to another kind of manifest', async () => {
    await assert.rejects(activities.evaluate({ dataset: features, candidates: [], calibrated: [], randomState: 1 }), InvalidDataError);
  });
});
