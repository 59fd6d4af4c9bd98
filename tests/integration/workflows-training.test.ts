import { strict as assert } from 'node:assert';
import { Context } from '@temporalio/activity';
import type { PipelineConfig } from '../../shared/config.js';
import type { RunProgress } from '../../shared/run.js';
import { PROGRESS_QUERY } from '../../shared/run.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { fakeSteps, step } from '../support/fake-steps.js';
import { historyFacts } from '../support/history-facts.js';
import { only } from '../support/pipeline-runs.js';
import { pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';

/** One CNN that asks for a GPU. */
function onGpu(): PipelineConfig {
  const { cnn } = THREE_MODELS.train.models;
  assert.ok(cnn);
  return { ...only('ingest', 'train'), train: { enabled: true, models: { cnn: { ...cnn, device: 'gpu' } } } };
}

describe('the pipeline workflow while it trains', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

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
    await suite.world.withWorkers(activities, async () => suite.runs.resultOf(await suite.runs.start(THREE_MODELS)));
    const { progress } = asked;
    const cnn = progress?.models.find(({ name }) => name === 'cnn');
    assert.deepEqual(cnn, { name: 'cnn', state: 'running', fraction: 0.5, note: 'epoch 4/8', metrics: { loss: 0.04 } });
    assert.equal(progress?.stages.find(({ name }) => name === 'train')?.state, 'running');
  });

  it('shows a stage as running until the last of its parts has ended', async () => {
    const seen: (readonly [string, number])[] = [];
    const { progress } = await suite.ran(THREE_MODELS, {
      async evaluate(input) {
        const { stages } = await suite.runs.progressOf(Context.current().info.workflowExecution?.workflowId ?? 'none');
        const analyse = stages.find(({ name }) => name === 'analyse');
        seen.push([analyse?.state ?? 'none', (analyse?.total ?? 0) - (analyse?.done ?? 0)]);
        return fakeSteps().activities.evaluate(input);
      },
    });
    assert.deepEqual(seen, [['running', 2]], 'the audit of the labels and the index come after the evaluation');
    assert.ok(progress.stages.every(({ state }) => ['done', 'skipped'].includes(state)));
  });

  it('trains on the CPU when no GPU worker answers in time, and says so', async () => {
    const { activities } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(onGpu());
      await suite.runs.resultOf(runId);
      assert.match((await suite.runs.progressOf(runId)).models[0]?.note ?? '', /no GPU worker within 30s, trained on the CPU/);
      const { history, activities: names } = await historyFacts(suite.world.client, `${runId}-train-cnn`);
      const queues = (history.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.taskQueue?.name ?? []);
      assert.deepEqual(names, ['fitModel', 'fitModel', 'predictTest', 'recordCandidate']);
      assert.deepEqual(queues, ['train-gpu', 'train-cpu', 'train-cpu', 'cpu']);
    });
  });

  it('trains on the GPU queue when a worker is there', async () => {
    const { activities } = fakeSteps();
    await suite.world.withWorkers(activities, async () => {
      const runId = await suite.runs.start(onGpu());
      await suite.runs.resultOf(runId);
      assert.equal((await suite.runs.progressOf(runId)).models[0]?.note, '');
    }, [TASK_QUEUES.cpu, TASK_QUEUES.trainCpu, TASK_QUEUES.trainGpu]);
  });
});
