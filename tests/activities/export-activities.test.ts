import assert from 'node:assert/strict';
import { createRunActivities } from '../../activities/create-run-activities.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { ModelConfig } from '../../shared/config.js';
import type { CandidateEntry, CandidateHandle } from '../../shared/contracts/candidates.js';
import type { RunFacts } from '../../shared/contracts/records.js';
import { DIGITS, PIXELS_TO_UNIT } from '../../ml/export/export-metadata.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { ExportRecord } from '../../shared/exports.js';
import type { StepResult } from '../../shared/step.js';
import { readRunManifest } from '../../storage/manifest.js';
import type { ActivityWorld } from '../support/activity-world.js';
import { activityWorld } from '../support/activity-world.js';

const OPTIONS = { params: {}, device: 'cpu', rows: 'original' } as const;
const RUN: RunFacts = { runId: 'run-1', preset: 'smoke', datasetDigest: 'd', seconds: 9, computedSeconds: 5, cached: false, stages: [] };
const TEST = ['test images 0', 'test images 1'];

describe('the activity exportModel', () => {
  let here: ActivityWorld;
  let features: ArtifactRef;
  let handles: Record<string, CandidateHandle>;

  before(async () => {
    here = await activityWorld();
    const matrices = async (split: string) => [{ ref: await here.put(`hog ${split}`), rows: 10 }];
    features = await here.json({ kind: 'features', families: { hog: { columns: ['hog.a'], train: await matrices('train'), test: await matrices('test') } } });
    const books = createRunActivities({ store: here.world.store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    const candidate = async (name: string, modelKind: string, more: Partial<CandidateEntry>, roles = ['model', 'testProba', 'validationProba']): Promise<CandidateHandle> => {
      const artifacts = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await here.put(`${name} ${role}`)])));
      return books.recordCandidate({ name, modelKind, artifacts, parameters: 1, fit: 'f', ...more });
    };
    const config = (kind: ModelConfig['kind'], input: ModelConfig['input']): { config: ModelConfig } => ({ config: { kind, input, ...OPTIONS } });
    const net = await candidate('net', 'cnn', config('cnn', 'pixels'));
    const trees = await candidate('trees', 'xgboost', config('xgboost', ['hog']));
    const lda = await candidate('lda', 'lda', config('lda', ['hog']));
    handles = {
      net, trees, lda,
      pruned: await candidate('net-pruned', 'onnx', { of: net }, ['model', 'compressed', 'testProba', 'validationProba']),
      int8: await candidate('net-int8', 'tflite', { of: net }, ['tflite', 'testProba', 'validationProba']),
      ensemble: await candidate('ensemble', 'greedy', { bases: [net, trees] }),
      joined: await candidate('log-pool', 'log-pool', { bases: [trees, lda] }),
    };
  });
  after(() => here.world.close());

  const exported = (name: string, format: ExportFormat, more: { features?: ArtifactRef } = { features }): Promise<StepResult> =>
    here.activities.exportModel({ candidate: handles[name] ?? assert.fail(name), format, dataset: here.dataset, ...more, calibrationImages: 7, licence: 'MIT' });
  const paramsOf = async (result: StepResult): Promise<Record<string, unknown>> => (await here.manifestOf(result)).parts.params;
  const refusalOf = async (result: StepResult): Promise<string> => {
    const record = (await here.parsed(result.outputs['export'])) as ExportRecord;
    return 'refused' in record ? record.refused : assert.fail(JSON.stringify(record));
  };

  it('gives a network its test images and its answers, no label, and facts for the file', async () => {
    const result = await exported('net', 'onnx');
    assert.deepEqual([result.step, await here.given(result)], ['export-network', { model: ['net model'], testImages: TEST, testProba: ['net testProba'] }]);
    const { facts, ...params } = await paramsOf(result);
    assert.deepEqual(params, { kind: 'cnn', format: 'onnx' });
    const { version, ...told } = facts as { readonly version: string };
    assert.deepEqual(told, { name: 'net', labels: DIGITS, input: 'images of 28 x 28 pixels', normalisation: PIXELS_TO_UNIT, trainingDigest: (await here.put('net model')).digest, licence: 'MIT' });
    assert.match(version, /^\d+\.\d+\.\d+/);
  });

  it('gives a format in int8 the training images and the validation answers as well', async () => {
    const result = await exported('net', 'tflite-int8');
    assert.deepEqual(await here.given(result), {
      model: ['net model'], testImages: TEST, testProba: ['net testProba'], validationProba: ['net validationProba'], labels: ['train labels'],
      images: ['train images 0', 'train images 1', 'train images 2'],
    });
    assert.deepEqual([(await exported('net', 'tfjs')).step, (await exported('net', 'c')).step], ['export-web', 'export-network']);
    const { calibrationImages, validationRows } = await paramsOf(result);
    assert.deepEqual([calibrationImages, validationRows], [7, 4]);
  });

  it('gives a classical model its feature columns, and a variant the kind and the input of its model', async () => {
    const trees = await exported('trees', 'onnx');
    assert.deepEqual([trees.step, await here.given(trees)], ['export-classical', { 'x:hog': ['hog test'], model: ['trees model'], testProba: ['trees testProba'] }]);
    const booster = await exported('trees', 'xgboost');
    assert.deepEqual([booster.step, (await paramsOf(booster))['format']], ['export-classical', 'xgboost']);
    const pruned = await exported('pruned', 'tflite');
    const { model, compressed, validationProba } = await here.given(pruned);
    assert.deepEqual([pruned.step, model, compressed, validationProba], ['export-network', ['net-pruned model'], ['net-pruned compressed'], ['net-pruned validationProba']]);
    const { kind, validationRows, calibrationImages } = await paramsOf(pruned);
    assert.deepEqual([kind, validationRows, calibrationImages], ['cnn', 4, undefined]);
    const { facts } = await paramsOf(pruned);
    assert.equal((facts as { readonly trainingDigest: string }).trainingDigest, (await here.put('net-pruned model')).digest);
  });

  it('joins an ensemble with models of the same input, and gives another the answers of its models', async () => {
    const joined = await exported('joined', 'onnx');
    assert.deepEqual([joined.step, await here.given(joined)], ['export-ensemble', {
      meta: ['log-pool model'], testProba: ['log-pool testProba'], 'x:hog': ['hog test'], 'model:trees': ['trees model'], 'model:lda': ['lda model'],
    }]);
    assert.deepEqual([(await paramsOf(joined))['input'], (await paramsOf(joined))['note']], [['hog'], 'Holds its models: trees, lda.']);
    const mixed = await exported('ensemble', 'onnx');
    assert.deepEqual(await here.given(mixed), { meta: ['ensemble model'], testProba: ['ensemble testProba'], 'proba:net': ['net testProba'], 'proba:trees': ['trees testProba'] });
    const { input, note } = await paramsOf(mixed);
    assert.equal(input, undefined);
    assert.match(String(note), /probabilities of its models, ten each, in this order: net, trees/);
  });

  it('refuses what is no network in the formats of networks, and what is a file already, without computing anything', async () => {
    const refusals = await Promise.all([exported('trees', 'tflite'), exported('ensemble', 'c'), exported('int8', 'c-int8'), exported('net', 'xgboost'), exported('lda', 'xgboost')]);
    assert.ok(refusals.every(({ step, outputs }) => step === 'refuse-export' && outputs['file'] === undefined));
    const reasons = await Promise.all(refusals.map(refusalOf));
    assert.deepEqual(reasons.map((reason) => reason.slice(0, 40)), [...Array<string>(2).fill('This format holds networks; classical mo'), 'net-int8 was quantised after its trainin', ...Array<string>(2).fill('This format holds the trees of XGBoost\'s')]);
    assert.match(reasons[2] ?? '', /there are only its own files \(tflite\), which .* writes\. Export net as c-int8 instead\.$/);
    assert.match(await refusalOf(await exported('int8', 'tflite')), /own files \(tflite\), which `digitloom artifacts --save` writes\.$/);
  });

  it('refuses what it is told to refuse', async () => {
    const result = await here.activities.refuseExport({ model: 'log-pool', format: 'onnx', reason: 'not made' });
    assert.deepEqual([result.step, await here.parsed(result.outputs['export'])], ['refuse-export', { kind: 'export', model: 'log-pool', format: 'onnx', refused: 'not made' }]);
  });

  it('leaves records that the run\'s record names, with their files', async () => {
    const books = createRunActivities({ store: here.world.store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    const refused = await exported('trees', 'c');
    await books.recordRun({ run: RUN, computed: [], keys: [], exported: [await books.keepKeys({ keys: [refused.key] })] });
    const found = await readRunManifest(here.world.store, 'run-1');
    assert.deepEqual(found?.exports, [{ kind: 'export', model: 'trees', format: 'c', refused: await refusalOf(refused) }]);
  });
});
