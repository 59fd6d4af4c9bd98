import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import type { RecordRunInput } from '../../shared/contracts/records.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { runArguments } from '../../shared/run-arguments.js';
import { readRunManifest } from '../../storage/manifest.js';
import { FAKE_STORE, fakeSteps, ref } from '../support/fake-steps.js';
import type { Call, FakeActivities } from '../support/fake-steps.js';
import { untilCancelled } from '../support/until-cancelled.js';
import { startWorkflowWorld } from '../support/workflow-world.js';
import type { WorkflowWorld } from '../support/workflow-world.js';

describe('a run that does not finish', function () {
  this.timeout(60_000);
  let world: WorkflowWorld;

  before(async () => {
    world = await startWorkflowWorld();
  });
  after(() => world.stop());

  async function recordsOf(runId: string, overrides: Partial<FakeActivities>, cancelOnce?: string): Promise<RecordRunInput[]> {
    const { activities, calls } = fakeSteps(overrides);
    const config = PRESET_CONFIGS.smoke;
    await world.withWorkers(activities, async () => {
      const handle = await world.client.workflow.start('pipeline', { taskQueue: 'pipeline', workflowId: runId, args: runArguments({ runId, config, source: [{ name: 'a.npz', ref: ref('a') }] }) });
      if (cancelOnce !== undefined) {
        while (!calls.some(({ activity }) => activity === cancelOnce)) await new Promise((resolve) => setTimeout(resolve, 20));
        await handle.cancel();
      }
      await assert.rejects(handle.result());
    });
    return calls.filter(({ activity }: Call) => activity === 'recordRun').map(({ input }) => input as RecordRunInput);
  }

  it('leaves the keys of its steps and how it ended, when it failed', async () => {
    const [, ...more] = await recordsOf('run-fails', {
      combine: () => Promise.reject(ApplicationFailure.nonRetryable('no two models', 'InvalidDataError')),
    });
    assert.deepEqual(more, []);
    const record = await readRunManifest(FAKE_STORE, 'run-fails');
    assert.equal(record?.state, 'failed');
    assert.deepEqual(record.models, []);
    assert.ok(record.keys.length > 5, `${record.keys.length} keys`);
    assert.ok(record.stages.some(({ name, state }) => name === 'ensemble' && state === 'failed'));
  });

  it('leaves them when it was cancelled', async () => {
    await recordsOf('run-cancelled', { measure: () => untilCancelled(() => undefined) }, 'measure');
    const record = await readRunManifest(FAKE_STORE, 'run-cancelled');
    assert.equal(record?.state, 'cancelled');
    assert.ok(record.keys.length > 5);
  });

  it('leaves nothing when it failed before its first step was done, and ends as it ended when the record cannot be written', async () => {
    const broken = ApplicationFailure.nonRetryable('cut short', 'InvalidDataError');
    assert.deepEqual(await recordsOf('run-reads-nothing', { ingest: () => Promise.reject(broken) }), []);
    const [first] = await recordsOf('run-without-store', {
      evaluate: () => Promise.reject(broken), recordRun: () => Promise.reject(ApplicationFailure.nonRetryable('the store is away')),
    });
    assert.equal(first?.run.state, 'failed');
    const description = await world.client.workflow.getHandle('run-without-store').describe();
    assert.equal(description.status.name, 'FAILED');
  });
});
