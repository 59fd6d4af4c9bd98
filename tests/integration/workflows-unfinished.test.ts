import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import type { RunResult } from '../../shared/run.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { fakeSteps, ref } from '../support/fake-steps.js';
import type { Call, FakeActivities } from '../support/fake-steps.js';
import { untilCancelled } from '../support/until-cancelled.js';
import { startWorkflowWorld } from '../support/workflow-world.js';
import type { WorkflowWorld } from '../support/workflow-world.js';

interface Recorded {
  readonly result: RunResult;
  readonly keys: readonly string[];
}

describe('a run that does not finish', function () {
  this.timeout(60_000);
  let world: WorkflowWorld;

  before(async () => {
    world = await startWorkflowWorld();
  });
  after(() => world.stop());

  async function recordsOf(runId: string, overrides: Partial<FakeActivities>, cancelOnce?: string): Promise<Recorded[]> {
    const { activities, calls } = fakeSteps(overrides);
    const config = PRESET_CONFIGS.smoke;
    await world.withWorkers(activities, async () => {
      const handle = await world.client.workflow.start('pipeline', { taskQueue: 'pipeline', workflowId: runId, args: [{ runId, config, source: [{ name: 'a.npz', ref: ref('a') }] }] });
      if (cancelOnce !== undefined) {
        while (!calls.some(({ activity }) => activity === cancelOnce)) await new Promise((resolve) => setTimeout(resolve, 20));
        await handle.cancel();
      }
      await assert.rejects(handle.result());
    });
    return calls.filter(({ activity }: Call) => activity === 'recordRun').map(({ input }) => input as Recorded);
  }

  it('leaves the keys of its steps and how it ended, when it failed', async () => {
    const [record, ...more] = await recordsOf('run-fails', {
      stack: () => Promise.reject(ApplicationFailure.nonRetryable('no two models', 'InvalidDataError')),
    });
    assert.deepEqual(more, []);
    assert.equal(record?.result.state, 'failed');
    assert.deepEqual(record.result.models, []);
    assert.ok(record.keys.length > 5, `${record.keys.length} keys`);
    assert.ok(record.result.stages.some(({ name, state }) => name === 'ensemble' && state === 'failed'));
  });

  it('leaves them when it was cancelled', async () => {
    const [record] = await recordsOf('run-cancelled', { measure: () => untilCancelled(() => undefined) }, 'measure');
    assert.equal(record?.result.state, 'cancelled');
    assert.ok(record.keys.length > 5);
  });

  it('leaves nothing when it failed before its first step was done, and ends as it ended when the record cannot be written', async () => {
    const broken = ApplicationFailure.nonRetryable('cut short', 'InvalidDataError');
    assert.deepEqual(await recordsOf('run-reads-nothing', { ingest: () => Promise.reject(broken) }), []);
    const [first] = await recordsOf('run-without-store', {
      evaluate: () => Promise.reject(broken), recordRun: () => Promise.reject(ApplicationFailure.nonRetryable('the store is away')),
    });
    assert.equal(first?.result.state, 'failed');
    const description = await world.client.workflow.getHandle('run-without-store').describe();
    assert.equal(description.status.name, 'FAILED');
  });
});
