import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import type { AnalyseInput, FitFoldInput, IndexAnalysisInput } from '../../shared/contracts/analysis.js';
import type { AugmentShardInput, ExtractFeaturesInput, FitModelInput, IndexAugmentedInput, IndexFeaturesInput, ReportInput } from '../../shared/contracts/steps.js';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import { InvalidDataError } from '../../shared/errors.js';
import { THREE_MODELS } from '../support/three-models.js';
import type { RunProgress } from '../../shared/run.js';
import type { Call, FakeActivities } from '../support/fake-steps.js';
import { fakeSteps, ref, step } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import { only } from '../support/pipeline-runs.js';
import type { RanPipeline } from '../support/pipeline-suite.js';
import { inputsOf, pipelineSuite } from '../support/pipeline-suite.js';
import { until } from '../support/until.js';
import { untilCancelled } from '../support/until-cancelled.js';

const DEFAULT = THREE_MODELS;
const { 'logistic-regression': LR, xgboost: XGBOOST, cnn: CNN } = DEFAULT.train.models as Record<string, ModelConfig> & { cnn: ModelConfig; xgboost: ModelConfig; 'logistic-regression': ModelConfig };
const ON_TRAIN_CPU = new Set(['analyse-neighbours', 'cluster', 'reduce', 'select-features', 'embed']);

describe('the data sections of the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  /** Runs to the end and tells what was called. */
  const ran = (config: PipelineConfig, overrides: Partial<FakeActivities> = {}, shards = { train: 3, test: 1 }): Promise<RanPipeline> => suite.ran(config, overrides, shards);
  const failed = async (config: PipelineConfig, overrides: Partial<FakeActivities>) => {
    const { activities, calls } = fakeSteps(overrides);
    return suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(config);
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ActivityFailure && error.cause.cause instanceof ApplicationFailure, String(error));
      const children = await Promise.all(Object.keys(config.train.models).map(async (name) =>
        suite.world.client.workflow.getHandle(`${runId}-train-${name}`).describe().then(({ status }) => status.name, () => 'none')));
      return { cause: error.cause.cause, calls, children, progress: await suite.runs.progressOf(runId) };
    });
  };

  it('stop at the gate with its typed error, and start nothing else', async () => {
    const { cause, calls, children, progress } = await failed(DEFAULT, {
      async analyse(input) {
        if (input.step === 'check-data') throw new InvalidDataError('the digit 7 is missing');
        return step(input.step, input, ['found'], {});
      },
    });
    assert.deepEqual([cause.type, cause.message], ['InvalidDataError', 'the digit 7 is missing']);
    assert.deepEqual(calls.map(({ activity }) => activity), ['ingest', 'analyse', 'keepKeys', 'recordRun']);
    assert.deepEqual((calls[1]?.input as AnalyseInput).params, { thresholds: DEFAULT.analyse.gate });
    assert.deepEqual(progress.stages.map(({ state }) => state), ['done', 'failed', ...Array<string>(5).fill('waiting'), 'skipped', 'waiting', 'waiting']);
    assert.deepEqual(children, ['none', 'none', 'none']);
  });

  it('pass the gate before anything else is started', async () => {
    const { runId } = await ran(DEFAULT);
    const { history } = await historyFacts(suite.world.client, runId);
    const scheduled = (history.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: attributes }) => attributes?.activityType?.name ?? []);
    assert.deepEqual(scheduled.slice(0, 2), ['ingest', 'analyse']);
    const passed = (history.events ?? []).findIndex(({ activityTaskCompletedEventAttributes: done }) => Number(done?.scheduledEventId ?? 0) === scheduledAt(history, 1));
    assert.ok(passed > 0 && passed < scheduledAt(history, 2), 'what follows is scheduled once the gate has answered');
  });

  it('queue what computes long behind the trainings', async () => {
    const { runId } = await ran(DEFAULT);
    const queued = async (id: string): Promise<{ queue: string; at: number }[]> => ((await historyFacts(suite.world.client, id)).history.events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled, eventTime }) => (scheduled ? [{ queue: scheduled.taskQueue?.name ?? '', at: Number(eventTime?.seconds) * 1e6 + (eventTime?.nanos ?? 0) / 1e3 }] : []));
    const analyses = (await queued(runId)).filter(({ queue }) => queue === 'train-cpu').map(({ at }) => at);
    const fits = await Promise.all(Object.keys(DEFAULT.train.models).map(async (name) => (await queued(`${runId}-train-${name}`))[0]?.at ?? Number.NaN));
    assert.ok(analyses.length >= 7);
    assert.ok(Math.max(...fits) < Math.min(...analyses), `fits ${fits.join()} before analyses ${analyses.join()}`);
  });

  it('cancel the trainings when an analysis fails', async () => {
    let begun = 0;
    const { cause, children, progress } = await failed(DEFAULT, {
      async fitModel() {
        begun += 1;
        return untilCancelled(() => undefined);
      },
      async analyse(input) {
        if (input.step !== 'cluster') return step(input.step, input, ['found'], {});
        await until(() => (begun === 3 ? true : undefined));
        throw new InvalidDataError('no two images differ');
      },
    });
    assert.deepEqual([cause.type, cause.message], ['InvalidDataError', 'no two images differ']);
    assert.deepEqual(children, ['CANCELLED', 'CANCELLED', 'CANCELLED']);
    const stateOf = (stage: string): string | undefined => progress.stages.find(({ name }) => name === stage)?.state;
    assert.deepEqual([stateOf('analyse'), stateOf('train')], ['failed', 'cancelled']);
  });

  it('predict every fold without it, and hand rows and probabilities on in the order of the folds', async () => {
    const labelErrors = { model: 'cnn', folds: 3, params: { epochs: 4 } };
    const { calls } = await ran({ ...DEFAULT, analyse: { ...DEFAULT.analyse, labelErrors } }, {
      async fitFold(input) {
        await sleep(600 - 300 * input.fold); // the first ends last
        return { ...step('fold', input, [], {}), outputs: { rows: ref(`rows ${input.fold}`), proba: ref(`proba ${input.fold}`), testProba: ref(`test ${input.fold}`) } };
      },
    });
    const folds = inputsOf<FitFoldInput>(calls, 'fitFold').sort((a, b) => a.fold - b.fold);
    assert.deepEqual(folds.map(({ fold, folds: of, randomState }) => [fold, of, randomState]), [0, 1, 2].map((fold) => [fold, 3, DEFAULT.randomState]));
    for (const { name, model, features } of folds) assert.deepEqual([name, model, features], ['cnn', { ...CNN, params: { ...CNN.params, epochs: 4 } }, undefined]);
    const [found] = analyses(calls, 'find-label-errors');
    assert.deepEqual(found?.given, { rows: [0, 1, 2].map((i) => ref(`rows ${i}`)), proba: [0, 1, 2].map((i) => ref(`proba ${i}`)) });
  });

  it('give the folds of a model of features the features', async () => {
    const { calls } = await ran({ ...DEFAULT, analyse: { ...DEFAULT.analyse, labelErrors: { model: 'xgboost', folds: 2, params: {} } } });
    const [fit] = inputsOf<FitModelInput>(calls, 'fitModel').filter(({ name }) => name === 'xgboost');
    const folds = inputsOf<FitFoldInput>(calls, 'fitFold');
    assert.ok(fit?.features);
    assert.deepEqual(folds.map(({ features }) => features), [fit.features, fit.features]);
  });

  it('audit the test labels after the evaluation, by the models and those of the folds, and neither an ensemble nor a variant', async () => {
    const { calls, result } = await ran(DEFAULT);
    const order = calls.map(({ activity, input }) => (activity === 'analyse' ? (input as AnalyseInput).step : activity));
    assert.ok(order.indexOf('evaluate') < order.indexOf('audit-labels'));
    const [audit] = analyses(calls, 'audit-labels');
    const names = ['logistic-regression', 'xgboost', 'cnn'];
    assert.deepEqual(audit?.params['names'], [...names, 'cnn without fold 1', 'cnn without fold 2']);
    assert.deepEqual(audit.candidates?.['testProba']?.map(({ name }) => name), names);
    assert.equal(new Set(audit.given?.['testProba']?.map(({ digest }) => digest)).size, 2);
    assert.deepEqual(result.models.map(({ name }) => name).slice(3), ['ensemble', 'cnn-int8', 'soft-vote', 'log-pool']);
  });

  it('expand every shard, and give the expanded rows to the models that ask for them', async () => {
    const models = { lr: { ...LR, rows: 'expanded' as const }, xgboost: XGBOOST, cnn: { ...CNN, rows: 'expanded' as const } };
    const { calls, progress } = await ran(withModels(models, 2));
    const dataset = inputsOf<AnalyseInput>(calls, 'analyse')[0]?.dataset;
    const expanded = inputsOf<AugmentShardInput>(calls, 'augmentShard').sort((a, b) => a.shard - b.shard);
    const { document } = DEFAULT.augment;
    assert.deepEqual(expanded, [0, 1, 2].map((shard) => ({ dataset, shard, document, copies: 2, randomState: DEFAULT.randomState })));
    const [index] = inputsOf<IndexAugmentedInput>(calls, 'indexAugmented');
    assert.deepEqual(index, { dataset, copies: 2, keys: expanded.map((input) => step('augment', input, [], {}).key) });
    const augmented = step('indexAugmented', index, ['dataset'], {}).outputs['dataset'];

    const fits = new Map(inputsOf<FitModelInput>(calls, 'fitModel').map((input) => [input.name, input.dataset]));
    assert.deepEqual([fits.get('lr'), fits.get('xgboost'), fits.get('cnn')], [augmented, dataset, augmented]);
    const extracted = inputsOf<ExtractFeaturesInput>(calls, 'extractFeatures').map(({ split, shard }) => `${split} ${shard}`).sort();
    assert.deepEqual(extracted, ['augmented 0', 'augmented 1', 'augmented 2', 'test 0', 'train 0', 'train 1', 'train 2']);
    const [features] = inputsOf<IndexFeaturesInput>(calls, 'indexFeatures');
    assert.deepEqual([features?.dataset, features?.train.length, features?.test.length], [augmented, 3, 1]);
    const key = (split: 'augmented', shard: number): string => step('extractFeatures', { dataset: augmented, split, shard, families: DEFAULT.features.families }, [], {}).key;
    assert.deepEqual(features?.augmented, [0, 1, 2].map((shard) => key('augmented', shard)));
    for (const { dataset: seen } of [...inputsOf<AnalyseInput>(calls, 'analyse'), ...inputsOf<FitFoldInput>(calls, 'fitFold')]) assert.deepEqual(seen, dataset);
    assertCounted(progress);
  });

  it('extract no features of expanded shards that only a network sees', async () => {
    const { calls } = await ran(withModels({ lr: LR, xgboost: XGBOOST, cnn: { ...CNN, rows: 'expanded' } }, 1));
    assert.equal(inputsOf(calls, 'augmentShard').length, 3);
    assert.deepEqual(new Set(inputsOf<ExtractFeaturesInput>(calls, 'extractFeatures').map(({ split }) => split)), new Set(['train', 'test']));
    assert.deepEqual(inputsOf<IndexFeaturesInput>(calls, 'indexFeatures')[0]?.augmented, []);
  });

  it('put the section\'s document where a network asks for it, in its folds too', async () => {
    const { calls } = await ran(withModels({ lr: LR, xgboost: XGBOOST, cnn: { ...CNN, params: { epochs: 2, augment: 'section' } }, plain: { ...CNN, params: { augment: 'shift' } } }, 0));
    const augment = (name: string): unknown => inputsOf<FitModelInput>(calls, 'fitModel').find((input) => input.name === name)?.model.params['augment'];
    assert.deepEqual([augment('cnn'), augment('plain'), augment('lr')], [DEFAULT.augment.document, 'shift', undefined]);
    for (const { model } of inputsOf<FitFoldInput>(calls, 'fitFold')) assert.deepEqual(model.params['augment'], DEFAULT.augment.document);
    assert.deepEqual(inputsOf(calls, 'augmentShard'), []);
  });

  it('show the trained network that a map names', async () => {
    const maps = { learnt: { method: 'umap', of: 'cnn', images: 200 }, pixels: { method: 'tsne', of: 'pixels', images: 100 } } as const;
    const { calls } = await ran({ ...DEFAULT, analyse: { ...DEFAULT.analyse, maps } });
    const of = (label: string): AnalyseInput | undefined => analyses(calls, 'embed').find((input) => input.label === label);
    assert.deepEqual(of('map-learnt')?.candidates?.['model']?.map(({ name }) => name), ['cnn']);
    assert.deepEqual([of('map-learnt')?.params['of'], of('map-pixels')?.params['of'], of('map-pixels')?.candidates], ['network', 'pixels', undefined]);
  });

  const pixels = { ...DEFAULT, train: { enabled: true, models: { cnn: CNN } }, ensemble: { ...DEFAULT.ensemble, enabled: false } };
  const OFF: readonly (readonly [title: string, config: PipelineConfig, steps: readonly string[], indexed: readonly string[] | undefined])[] = [
    ['analyse', off('analyse'), ['contact-sheet'], ['augmentation', 'diversity']],
    ['augment', off('augment'), ['check-data', 'describe-data', ...ON_TRAIN_CPU, 'find-label-errors', 'audit-labels'],
      ['clusters', 'description', 'diversity', 'gate', 'label-audit', 'label-errors', 'map-pixels', 'neighbours', 'reductions', 'selection']],
    ['analyse and augment', off('analyse', 'augment'), [], ['diversity']],
    ['analyse, augment and ensemble', off('analyse', 'augment', 'ensemble'), [], undefined],
    ['features', { ...pixels, features: { ...DEFAULT.features, enabled: false } },
      ['check-data', 'contact-sheet', 'describe-data', 'analyse-neighbours', 'cluster', 'reduce', 'embed', 'find-label-errors', 'audit-labels'],
      ['augmentation', 'clusters', 'description', 'gate', 'label-audit', 'label-errors', 'map-pixels', 'neighbours', 'reductions']],
    ['train', { ...only('ingest', 'analyse'), analyse: { ...DEFAULT.analyse, maps: { ...DEFAULT.analyse.maps, learnt: { method: 'tsne', of: 'cnn', images: 100 } } } },
      ['check-data', 'describe-data', 'analyse-neighbours', 'cluster', 'reduce', 'embed', 'find-label-errors'],
      ['clusters', 'description', 'gate', 'label-errors', 'map-pixels', 'neighbours', 'reductions']],
    ['every analysis', { ...DEFAULT, analyse: { ...DEFAULT.analyse, neighbours: 0, clusters: [], variance: 0, selectedColumns: 0, maps: {}, labelErrors: { model: 'cnn', folds: 0, params: {} } } },
      ['check-data', 'contact-sheet', 'describe-data'], ['augmentation', 'description', 'diversity', 'gate']],
  ];
  for (const [title, config, steps, indexed] of OFF) {
    it(`leave out ${title} where it is off, and count what is done`, async () => {
      const { calls, progress, result } = await ran(config);
      assert.deepEqual(inputsOf<AnalyseInput>(calls, 'analyse').map((input) => input.step).sort(), [...steps].sort());
      const [index] = inputsOf<IndexAnalysisInput>(calls, 'indexAnalysis');
      assert.deepEqual(index && Object.keys(index.steps), indexed);
      assert.deepEqual(result.analysis, index && step('indexAnalysis', index, ['analysis'], {}).outputs['analysis']);
      const skipped = progress.stages.filter(({ state }) => state === 'skipped').map(({ name }) => name);
      assert.deepEqual(skipped, Object.entries(config).filter(([, value]) => typeof value === 'object' && !value.enabled).map(([name]) => name));
      assertCounted(progress);
    });
  }

  it('give the report what was found, the same for two identical runs whichever step ended first', async () => {
    let order = 0;
    const overrides: Partial<FakeActivities> = {
      async analyse(input) {
        await sleep((order++ * 370) % 500);
        return step(input.step, input, ['found'], {});
      },
    };
    const [a, b] = [await ran(DEFAULT, overrides), await ran(DEFAULT, overrides)];
    const [first, second] = [a, b].map(({ calls }) => inputsOf<ReportInput>(calls, 'report')[0]);
    assert.ok(first?.analysis);
    assert.deepEqual(first.analysis, a.result.analysis);
    assert.deepEqual(first, second);
    const [index] = inputsOf<IndexAnalysisInput>(a.calls, 'indexAnalysis');
    assert.deepEqual(Object.keys(index?.steps ?? {}), Object.keys(index?.steps ?? {}).sort());
    const [gate] = analyses(a.calls, 'check-data');
    assert.ok(gate);
    assert.equal(index?.steps['gate'], step('check-data', gate, [], {}).key);
  });
});

function analyses(calls: readonly Call[], named: AnalyseInput['step']): AnalyseInput[] {
  return inputsOf<AnalyseInput>(calls, 'analyse').filter((input) => input.step === named);
}

function off(...sections: readonly ('analyse' | 'augment' | 'ensemble')[]): PipelineConfig {
  return { ...DEFAULT, ...Object.fromEntries(sections.map((name) => [name, { ...DEFAULT[name], enabled: false }])) };
}

function withModels(models: Readonly<Record<string, ModelConfig>>, copies: number): PipelineConfig {
  return { ...DEFAULT, augment: { ...DEFAULT.augment, copies }, train: { enabled: true, models } };
}

/** Of a finished run, no stage has a step too many or too few. */
function assertCounted({ stages }: RunProgress): void {
  assert.deepEqual(stages.map(({ name, done }) => [name, done]), stages.map(({ name, total }) => [name, total]));
}

/** The event's id of the n-th scheduled activity. */
function scheduledAt({ events }: { events?: readonly { eventId?: unknown; activityTaskScheduledEventAttributes?: unknown }[] | null }, n: number): number {
  return Number((events ?? []).filter(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled).at(n)?.eventId);
}
