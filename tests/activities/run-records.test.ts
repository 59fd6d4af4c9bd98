import assert from 'node:assert/strict';
import { createRunActivities } from '../../activities/create-run-activities.js';
import { createStepActivities } from '../../activities/create-step-activities.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { CandidateEntry, CandidateHandle } from '../../shared/contracts/candidates.js';
import type { EvaluatedCandidates, RunActivities, RunFacts } from '../../shared/contracts/records.js';
import type { ReportedRun, StepActivities } from '../../shared/contracts/steps.js';
import { InternalError, NotFoundError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { ModelResult } from '../../shared/run.js';
import { stepKey } from '../../storage/keys.js';
import { readRunManifest, readStepManifest, writeStepManifest } from '../../storage/manifest.js';
import type { ActivityWorld } from '../support/activity-world.js';
import { activityWorld } from '../support/activity-world.js';

const RUN: RunFacts = { runId: 'run-1', preset: 'smoke', datasetDigest: 'd', seconds: 9, computedSeconds: 5, cached: false, stages: [] };
const REPORTED: ReportedRun = { preset: 'smoke', datasetDigest: 'd', computedSeconds: 5, stages: [] };

describe('the record of a run', () => {
  const models = ['trees', 'net', 'stack', 'net-int8'];
  let world: ActivityWorld;
  let books: RunActivities;
  let activities: StepActivities;
  let evaluated: EvaluatedCandidates;
  let handles: Record<'trees' | 'net' | 'stack' | 'int8', CandidateHandle>;

  /** Commits a step that took so many seconds. */
  const commit = async (step: string, computedSeconds: number, summary: JsonObject = {}, resumedFrom?: number, outputs: Record<string, ArtifactRef> = {}): Promise<string> => {
    const parts = { step, version: '', params: { summary }, inputs: {}, environment: {} };
    const key = stepKey(parts);
    await writeStepManifest(world.world.store, {
      kind: 'step', key, label: step, parts, outputs, summary, computedSeconds, computedAt: '', attempt: 1, machine: {}, ...(resumedFrom && { resumedFrom }),
    });
    return key;
  };
  const bytes = (count: number): ArtifactRef => ({ digest: 'a'.repeat(64), bytes: count, mediaType: MEDIA.binary });
  const record = (entry: Omit<CandidateEntry, 'kind'>): Promise<CandidateHandle> => books.recordCandidate(entry);

  before(async () => {
    world = await activityWorld();
    const { store } = world.world;
    books = createRunActivities({ store, workflows: { executeUpdateWithStart: () => assert.fail('no pointer moves') } });
    activities = createStepActivities(world.world.deps);
    const options = { params: {}, device: 'cpu', rows: 'original' } as const;
    const trees = await record({
      name: 'trees', modelKind: 'xgboost', config: { kind: 'xgboost', input: ['hog'], ...options }, artifacts: { model: bytes(100), testProba: bytes(7) },
      parameters: 10, fit: await commit('fit-xgboost', 2, { rounds: 3 }), training: [await commit('fold-xgboost', 0.5)], note: 'no GPU worker',
    });
    const net = await record({
      name: 'net', modelKind: 'cnn', config: { kind: 'cnn', input: 'pixels', ...options }, artifacts: { model: bytes(1_000) }, parameters: 20, fit: await commit('fit-cnn', 4, { trainingImages: 1_000 }, 3),
    });
    const stack = await record({ name: 'stack', modelKind: 'stack', bases: [net, trees], artifacts: { model: bytes(5) }, parameters: 3, fit: await commit('stack', 1) });
    const int8 = await record({ name: 'net-int8', modelKind: 'tflite', of: net, artifacts: { tflite: bytes(250) }, parameters: 20, fit: await commit('quantize', 0.25) });
    handles = { trees, net, stack, int8 };
    const figures = models.map((name, i) => ({ name, accuracy: 0.9 + i / 100, logLoss: 0.1 * (i + 1), ece: 0.01 * (i + 1) }));
    const timed = await Promise.all(figures.map((_, i) => commit(`measure-${i}`, 1, { runtime: 'r', p50Ms: i, p99Ms: 2 * i, imagesPerSecond: 100 })));
    evaluated = {
      candidates: [trees, net, stack, int8],
      evaluation: await world.json({ kind: 'evaluation', rows: 10, models: figures, paired: [] }),
      measured: [await books.keepKeys({ keys: timed.slice(0, 3) }), await books.keepKeys({ keys: timed.slice(3) })],
      calibrated: [],
    };
  });
  after(() => world.world.close());

  const rowsOf = async (of: EvaluatedCandidates, computed: readonly number[] = []): Promise<Map<string, ModelResult>> => {
    await books.recordRun({ run: RUN, evaluated: of, computed, keys: [] });
    return new Map((await readRunManifest(world.world.store, 'run-1'))?.models.map((row) => [row.name, row]));
  };

  it('has the rows of its candidates in their order, an ensemble with its bases and a variant with the training of its model', async () => {
    const rows = await rowsOf(evaluated, [1]);
    assert.deepEqual([...rows.keys()], ['trees', 'net', 'stack', 'net-int8']);
    const told = (name: string): unknown[] => {
      const row = rows.get(name);
      return [row?.kind, row?.bytes, row?.parameters, row?.trainingSeconds, row?.cached, row?.testAccuracy, row?.latency?.p99Ms];
    };
    assert.deepEqual(told('trees'), ['xgboost', 100, 10, 2.5, true, 0.9, 0]);
    assert.deepEqual(told('net'), ['cnn', 1_000, 20, 4, false, 0.91, 2]);
    assert.deepEqual(told('stack'), ['stack', 1_105, 33, 7.5, true, 0.92, 4]);
    assert.deepEqual(told('net-int8'), ['tflite', 250, 20, 4.25, true, 0.93, 6]);
    assert.deepEqual([rows.get('trees')?.input, rows.get('stack')?.bases, rows.get('net-int8')?.input], [['hog'], ['net', 'trees'], undefined]);
    assert.deepEqual(rows.get('trees')?.artifacts, { model: bytes(100), testProba: bytes(7) });
  });

  it('counts a base once, whether it is there by itself or in an ensemble of the ensemble', async () => {
    const { stack, net } = handles;
    const nested = await record({ name: 'nested', modelKind: 'stack', bases: [stack, net], artifacts: { model: bytes(1) }, parameters: 1, fit: await commit('stack-of-stacks', 8) });
    const evaluation = await world.json({ kind: 'evaluation', rows: 10, models: [{ name: 'nested', accuracy: 1, logLoss: 0, ece: 0 }], paired: [] });
    const row = (await rowsOf({ candidates: [nested], evaluation, measured: [], calibrated: [] })).get('nested');
    assert.deepEqual([row?.bytes, row?.parameters, row?.trainingSeconds, row?.latency], [1_106, 34, 15.5, undefined]);
  });

  it('has each candidate\'s calibration among its artifacts', async () => {
    const keys = await Promise.all(models.map((name, i) => commit(`calibrate-${name}`, 1, {}, undefined, { calibration: bytes(50 + i) })));
    const rows = await rowsOf({ ...evaluated, calibrated: [await books.keepKeys({ keys })] });
    assert.deepEqual(models.map((name) => rows.get(name)?.artifacts['calibration']?.bytes), [50, 51, 52, 53]);
    assert.equal((await rowsOf(evaluated)).get('net')?.artifacts['calibration'], undefined);
    const without = await commit('calibrate-nothing', 1);
    await assert.rejects(rowsOf({ ...evaluated, calibrated: [await books.keepKeys({ keys: [...keys.slice(1), without] })] }), InternalError);
  });

  it('has the keys of all parts, each once', async () => {
    const keys = await Promise.all([['a', 'b'], ['b', 'c']].map((part) => books.keepKeys({ keys: part })));
    await books.recordRun({ run: { ...RUN, runId: 'run-failed', state: 'failed' }, computed: [], keys });
    const manifest = await readRunManifest(world.world.store, 'run-failed');
    assert.deepEqual([manifest?.keys, manifest?.models, manifest?.state], [['a', 'b', 'c'], [], 'failed']);
  });

  it('is refused where the evaluation or the timings are of other candidates, or a list of keys is gone', async () => {
    const { trees } = handles;
    const other = await record({ name: 'other', modelKind: 'cnn', artifacts: {}, parameters: 1, fit: await commit('fit-other', 1) });
    await assert.rejects(rowsOf({ ...evaluated, candidates: [other], measured: [] }), (error) => error instanceof InternalError && /says nothing of other; it knows trees, net/.test(error.message));
    await assert.rejects(rowsOf({ ...evaluated, candidates: [trees] }), (error) => error instanceof InternalError && /4 candidates were timed, 1 evaluated/.test(error.message));
    await assert.rejects(books.recordRun({ run: RUN, computed: [], keys: [bytes(1)] }), NotFoundError);
  });

  it('gives a candidate the same handle whenever it is recorded, small whatever it is made of', async () => {
    const bases = Array.from({ length: 40 }, (_, i) => ({ name: `logistic-regression-${i}`, digest: 'b'.repeat(64), bytes: 1_234 }));
    const entry = { name: 'ensemble', modelKind: 'stack', bases, artifacts: {}, parameters: 1, fit: '' };
    const handle = await record(entry);
    assert.deepEqual(await record({ ...entry }), handle);
    assert.ok(JSON.stringify(handle).length < 130, JSON.stringify(handle));
  });

  it('gives the report the same table, with what each fit said of itself', async () => {
    const { key } = await activities.report({ dataset: world.dataset, run: REPORTED, evaluated });
    const params = (await readStepManifest(world.world.store, key))?.parts.params as { result: { models: JsonObject[] }; fits: JsonObject };
    assert.deepEqual(params.fits, { trees: { rounds: 3, note: 'no GPU worker' }, net: { trainingImages: 1_000, trainingImagesPerSecond: 250, resumedFrom: 3 }, stack: {}, 'net-int8': {} });
    assert.deepEqual(params.result.models.map(({ name, trainingSeconds }) => [name, trainingSeconds]), [['trees', 2.5], ['net', 4], ['stack', 7.5], ['net-int8', 4.25]]);
    assert.ok(!('artifacts' in (params.result.models[0] as JsonObject)) && !('cached' in (params.result.models[0] as JsonObject)));
  });

  it('makes the same report of seconds that differ in their last digits', async () => {
    const stage = { name: 'train', state: 'done', computedSeconds: 0.1 + 0.2, steps: 2 } as const;
    const report = (run: ReportedRun): Promise<{ key: string }> => activities.report({ dataset: world.dataset, run, evaluated });
    const first = await report({ ...REPORTED, computedSeconds: 0.1 + 0.2, stages: [stage] });
    assert.equal((await report({ ...REPORTED, computedSeconds: 0.3, stages: [{ ...stage, computedSeconds: 0.3 }] })).key, first.key);
    assert.notEqual((await report({ ...REPORTED, computedSeconds: 0.3, stages: [{ ...stage, computedSeconds: 0.4 }] })).key, first.key);
  });
});
