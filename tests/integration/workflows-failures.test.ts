import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure, ChildWorkflowFailure } from '@temporalio/common';
import { InvalidDataError } from '../../shared/errors.js';
import { fakeSteps, step } from '../support/fake-steps.js';
import { only } from '../support/pipeline-runs.js';
import { pipelineSuite } from '../support/pipeline-suite.js';
import { THREE_MODELS } from '../support/three-models.js';
import { untilCancelled } from '../support/until-cancelled.js';

describe('the pipeline workflow when a step fails or it is cancelled', function () {
  this.timeout(60_000);
  const suite = pipelineSuite();

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
      const runId = await suite.runs.start(THREE_MODELS);
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ChildWorkflowFailure && error.cause.cause instanceof ActivityFailure);
      const cause = error.cause.cause.cause;
      assert.ok(cause instanceof ApplicationFailure);
      assert.equal(cause.type, 'InvalidDataError');
      assert.equal(cause.message, 'row 3 holds NaN');
      const progress = await suite.runs.progressOf(runId);
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
    await suite.world.withWorkers(activities, async () => suite.runs.resultOf(await suite.runs.start(only('ingest'))));
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
      const runId = await suite.runs.start(THREE_MODELS);
      await begun;
      await suite.world.client.workflow.getHandle(runId).cancel();
      const error = await suite.runs.errorOf(runId);
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure);
      const { status } = await suite.world.client.workflow.getHandle(`${runId}-train-cnn`).describe();
      assert.equal(status.name, 'CANCELLED');
      assert.equal((await suite.runs.progressOf(runId)).stages.find(({ name }) => name === 'train')?.state, 'cancelled');
    });
    assert.ok(cancelled.length >= 1);
  });
});
