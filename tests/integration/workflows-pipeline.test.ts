import { strict as assert } from 'node:assert';
import { once, setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActivityFailure, ApplicationFailure, CancelledFailure, ChildWorkflowFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import { Context } from '@temporalio/activity';
import type { ModelConfig, PipelineConfig } from '../../shared/config.js';
import { InvalidDataError } from '../../shared/errors.js';
import { THREE_MODELS } from '../support/three-models.js';
import type { EvaluateInput, ReportInput } from '../../shared/contracts/steps.js';
import type { RunProgress } from '../../shared/run.js';
import { PROGRESS_QUERY } from '../../shared/run.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { fakeSteps, step } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import type { PipelineRuns } from '../support/pipeline-runs.js';
import { only } from '../support/pipeline-runs.js';
import { pipelineSuite } from '../support/pipeline-suite.js';
import { untilCancelled } from '../support/until-cancelled.js';

const KB = 1_024;

describe('the pipeline workflow', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

  const start = (config: PipelineConfig): Promise<string> => suite.runs.start(config);
  const resultOf = (runId: string): ReturnType<PipelineRuns['resultOf']> => suite.runs.resultOf(runId);
  const progressOf = (runId: string): Promise<RunProgress> => suite.runs.progressOf(runId);

  const assertDetails = async (runId: string): Promise<void> => {
    const { currentDetails } = await suite.world.client.workflow.getHandle(runId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    assert.match(currentDetails, /\| report \| ✓ done \|/);
    assert.ok(Buffer.byteLength(currentDetails) < 20 * KB, `details of ${Buffer.byteLength(currentDetails)} bytes`);
  };

  it('runs the stages in order and names every model, the ensembles and the variant in its result', async () => {
    const { activities, calls } = fakeSteps();
    const { result, runId } = await suite.world.withWorkers(activities, async () => {
      const runId = await start(THREE_MODELS);
      return { runId, result: await resultOf(runId) };
    });

    const order = calls.map(({ activity }) => activity);
    const first = (name: string): number => order.indexOf(name);
    const last = (name: string): number => order.lastIndexOf(name);
    assert.equal(first('ingest'), 0);
    assert.ok(last('extractFeatures') < first('indexFeatures') && last('indexFeatures') < first('fitModel'));
    assert.ok(last('predictTest') < first('combine') && last('combine') < first('diversity') && last('diversity') < first('quantize') && last('quantize') < first('measure'));
    assert.deepEqual(order.slice(first('measure')), [
      'measure', 'measure', 'measure', 'measure', 'measure', 'keepKeys', 'gateVariants', ...Array<string>(7).fill('calibrate'), 'keepKeys', 'evaluate', 'analyse', 'indexAnalysis', 'report', 'keepKeys', 'recordRun', 'movePointer',
    ]);
    assert.equal(order.filter((name) => name === 'extractFeatures').length, 7);

    assert.equal(result.runId, runId);
    assert.deepEqual(result.models.map(({ name }) => name), ['logistic-regression', 'xgboost', 'cnn', 'ensemble', 'cnn-int8', 'soft-vote', 'log-pool']);
    assert.ok(result.models.every(({ testAccuracy, latency }, i) => testAccuracy >= 0.97 && (i < 5 ? latency?.p99Ms === 2 : latency === undefined)));
    const ensemble = result.models.find(({ name }) => name === 'ensemble');
    assert.equal(ensemble?.parameters, 3_310);
    assert.deepEqual(ensemble?.bases, ['logistic-regression', 'xgboost', 'cnn']);
    assert.deepEqual(result.stages.map(({ name, state }) => (name === 'export' ? 'done' : state)), Array(10).fill('done'));
    assert.deepEqual(result.stages.map(({ steps }) => steps), [1, 12, 1, 8, 6, 4, 1, 0, 14, 1]);
    assert.equal(result.computedSeconds, 24);
    assert.ok(result.report && result.evaluation && !result.cached);
    assert.deepEqual(calls.at(-1)?.input, { name: 'latest', target: runId });
    assert.equal(new Set(result.keys).size, 48);
    const { best, ...headline } = await suite.runs.headlineOf(runId);
    assert.deepEqual(headline, { runId, seconds: result.seconds, computedSeconds: 24, cached: false });
    assert.deepEqual(best, { name: 'ensemble', testAccuracy: 0.973 }); // not the one that the test images like best
    assert.equal((calls.find(({ activity }) => activity === 'evaluate')?.input as EvaluateInput).reference, 'ensemble');
  });

  it('keeps its history within 2,000 events, every payload under 8 KB and its details under 20 KB', async () => {
    const { activities } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      const runId = await start(THREE_MODELS);
      await resultOf(runId);
      for (const id of [runId, `${runId}-train-cnn`]) {
        const facts = await historyFacts(suite.world.client, id);
        assert.ok(facts.events <= 2_000, `${id}: ${facts.events} events`);
        assert.ok(facts.largestPayloadBytes < 8 * KB, `${id}: a payload of ${facts.largestPayloadBytes} bytes`);
      }
      const { typedSearchAttributes } = await suite.world.client.workflow.getHandle(runId).describe();
      const attributes = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
      assert.equal(attributes['DigitloomStage'], 'finished');
      assert.equal(attributes['DigitloomPreset'], 'default');
      assert.equal(attributes['DigitloomBestAccuracy'], 0.973);
      await assertDetails(runId);
    });
  });

  it('keeps them so with thirty models on expanded rows, their ensemble and five variants', async () => {
    const { activities, calls } = fakeSteps();
    const { train, ...config } = THREE_MODELS;
    const some = Object.entries(train.models) as [string, ModelConfig][];
    const names = Array.from({ length: 30 }, (_, i) => `${some[i % some.length]?.[0]}-${i}`);
    const models = Object.fromEntries(names.map((name, i) => [name, { ...(some[i % some.length]?.[1] as ModelConfig), rows: 'expanded' as const }]));
    const networks = names.filter((name) => name.startsWith('cnn'));
    const thirty: PipelineConfig = {
      ...config, train: { enabled: true, models }, augment: { ...config.augment, copies: 5 }, compress: { ...config.compress, models: networks.slice(0, 5) },
      analyse: { ...config.analyse, labelErrors: { ...config.analyse.labelErrors, model: networks[0] ?? '', folds: 5 } },
    };
    await suite.world.withWorkers(activities, async () => {
      const runId = await start(thirty);
      const result = await resultOf(runId);
      assert.deepEqual(result.models.map(({ name }) => name), [...names, 'ensemble', ...networks.slice(0, 5).map((name) => `${name}-int8`), 'soft-vote', 'log-pool']);
      assert.deepEqual(result.models[30]?.bases, names);
      assert.equal(result.models.filter(({ latency }) => latency?.p50Ms === 1).length, 36);
      assert.ok(result.keys.length > 100, `${result.keys.length} keys`);
      assert.equal(calls.filter(({ activity }) => activity === 'keepKeys').length, 2 + Math.ceil(result.keys.length / 100));
      for (const id of [runId, `${runId}-train-${names[0]}`]) {
        const facts = await historyFacts(suite.world.client, id);
        assert.ok(facts.events <= 2_000, `${id}: ${facts.events} events`);
        assert.ok(facts.largestPayloadBytes < 8 * KB, `${id}: a payload of ${facts.largestPayloadBytes} bytes`);
      }
      await assertDetails(runId);
    });
  });

  it('hands the same input to the report of two identical runs', async () => {
    const { activities, calls } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      await resultOf(await start(THREE_MODELS));
      await resultOf(await start(THREE_MODELS));
    });
    const [a, b] = calls.filter(({ activity }) => activity === 'report').map(({ input }) => input as ReportInput);
    assert.equal(a?.evaluated.candidates.length, 7);
    assert.deepEqual(a, b);
  });

  it('has at most 16 shards in the air', async () => {
    let inTheAir = 0;
    let most = 0;
    const full = new EventTarget();
    setMaxListeners(0, full);
    const { activities } = fakeSteps({
      async extractFeatures(input) {
        most = Math.max(most, ++inTheAir);
        if (most >= 16) full.dispatchEvent(new Event('full'));
        else await once(full, 'full');
        await sleep(200);
        inTheAir -= 1;
        return step('extractFeatures', input, input.families, {});
      },
    }, { train: 40, test: 8 });
    const config = only('ingest', 'features');
    const result = await suite.world.withWorkers(activities, async () => resultOf(await start(config)));
    assert.equal(most, 16);
    assert.equal(result.stages.find(({ name }) => name === 'features')?.steps, 49);
    assert.deepEqual(result.stages.filter(({ state }) => state !== 'skipped').map(({ name, state }) => [name, state]), [['ingest', 'done'], ['features', 'done']]);
    assert.deepEqual(result.models, []);
  });

  it('fails with the typed error of the step, without a retry, and cancels the other trainings', async () => {
    let cancelled = false;
    const { activities, calls } = fakeSteps({
      async fitModel(input) {
        if (input.name === 'xgboost') throw new InvalidDataError('row 3 holds NaN');
        if (input.name === 'cnn') await untilCancelled(() => (cancelled = true));
        return step('fit', input, ['model', 'validationProba'], { validationAccuracy: 1, parameters: 1, device: 'cpu' });
      },
    });
    await suite.world.withWorkers(activities, async () => {
      const runId = await start(THREE_MODELS);
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ChildWorkflowFailure && error.cause.cause instanceof ActivityFailure);
      const cause = error.cause.cause.cause;
      assert.ok(cause instanceof ApplicationFailure);
      assert.equal(cause.type, 'InvalidDataError');
      assert.equal(cause.message, 'row 3 holds NaN');
      const progress = await progressOf(runId);
      assert.equal(progress.stages.find(({ name }) => name === 'train')?.state, 'failed');
      assert.equal(progress.models.find(({ name }) => name === 'xgboost')?.state, 'failed');
    });
    assert.equal(calls.filter(({ activity, input }) => activity === 'fitModel' && (input as { name: string }).name === 'xgboost').length, 1);
    assert.ok(cancelled);
  });

  it('retries what a retry may mend', async () => {
    let attempts = 0;
    const { activities } = fakeSteps({
      async ingest(input) {
        if (++attempts < 3) throw new Error('the store is away');
        return step('ingest', input, ['dataset'], { trainRows: 1, validationRows: 1, testRows: 1, trainShards: 1, testShards: 1 });
      },
    });
    await suite.world.withWorkers(activities, async () => resultOf(await start(only('ingest'))));
    assert.equal(attempts, 3);
  });

  it('cancels its children and their activities when it is cancelled, and its progress says so', async () => {
    const cancelled: string[] = [];
    const started = new EventTarget();
    const { activities } = fakeSteps({
      async fitModel({ name }) {
        started.dispatchEvent(new Event('fit'));
        return untilCancelled(() => cancelled.push(name));
      },
    });
    await suite.world.withWorkers(activities, async () => {
      const begun = once(started, 'fit');
      const runId = await start(THREE_MODELS);
      await begun;
      await suite.world.client.workflow.getHandle(runId).cancel();
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure);
      const { status } = await suite.world.client.workflow.getHandle(`${runId}-train-cnn`).describe();
      assert.equal(status.name, 'CANCELLED');
      assert.equal((await progressOf(runId)).stages.find(({ name }) => name === 'train')?.state, 'cancelled');
    });
    assert.ok(cancelled.length >= 1);
  });

  it('shows the progress that a training signals', async () => {
    const asked: { progress?: RunProgress } = {};
    const { activities } = fakeSteps({
      async fitModel(input) {
        if (input.name === 'cnn') {
          const handle = Context.current().client.workflow.getHandle(input.progressTo);
          await handle.signal('modelProgress', { name: 'cnn', fraction: 0.5, note: 'epoch 4/8', metrics: { loss: 0.04 } });
          asked.progress = await handle.query<RunProgress>(PROGRESS_QUERY);
        }
        return step('fit', input, ['model', 'validationProba'], { validationAccuracy: 1, parameters: 1, device: 'cpu' });
      },
    });
    await suite.world.withWorkers(activities, async () => resultOf(await start(THREE_MODELS)));
    const { progress } = asked;
    const cnn = progress?.models.find(({ name }) => name === 'cnn');
    assert.deepEqual(cnn, { name: 'cnn', state: 'running', fraction: 0.5, note: 'epoch 4/8', metrics: { loss: 0.04 } });
    assert.equal(progress?.stages.find(({ name }) => name === 'train')?.state, 'running');
  });

  it('trains on the CPU when no GPU worker answers in time, and says so', async () => {
    const { activities } = fakeSteps();
    const { cnn } = THREE_MODELS.train.models;
    assert.ok(cnn);
    const config = { ...only('ingest', 'train'), train: { enabled: true, models: { cnn: { ...cnn, device: 'gpu' as const } } } };
    await suite.world.withWorkers(activities, async () => {
      const runId = await start(config);
      await resultOf(runId);
      assert.match((await progressOf(runId)).models[0]?.note ?? '', /no GPU worker within 30s, trained on the CPU/);
      const { history, activities: names } = await historyFacts(suite.world.client, `${runId}-train-cnn`);
      const queues = (history.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.taskQueue?.name ?? []);
      assert.deepEqual(names, ['fitModel', 'fitModel', 'predictTest', 'recordCandidate']);
      assert.deepEqual(queues, ['train-gpu', 'train-cpu', 'train-cpu', 'cpu']);
    });
  });

  it('trains on the GPU queue when a worker is there', async () => {
    const { activities } = fakeSteps();
    const { cnn } = THREE_MODELS.train.models;
    assert.ok(cnn);
    const config = { ...only('ingest', 'train'), train: { enabled: true, models: { cnn: { ...cnn, device: 'gpu' as const } } } };
    await suite.world.withWorkers(activities, async () => {
      const runId = await start(config);
      await resultOf(runId);
      assert.equal((await progressOf(runId)).models[0]?.note, '');
    }, [TASK_QUEUES.cpu, TASK_QUEUES.trainCpu, TASK_QUEUES.trainGpu]);
  });
});
