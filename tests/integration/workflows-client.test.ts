import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { createRunActivities } from '../../activities/create-run-activities.js';
import { DigitloomClient } from '../../client/digitloom-client.js';
import type { ScheduleInfo } from '../../client/schedules.js';
import type { RunSnapshot } from '../../client/watch-run.js';
import { InvalidConfigError, InvalidDataError, NotFoundError } from '../../shared/errors.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import { quantisedVariants } from '../../shared/quantised-variants.js';
import { MemoryStore } from '../../storage/memory-store.js';
import type { FakeActivities } from '../support/fake-steps.js';
import { fakeSteps, ref, step } from '../support/fake-steps.js';
import type { WorkflowWorld } from '../support/workflow-world.js';
import { startWorkflowWorld } from '../support/workflow-world.js';

const SOURCE = [{ name: 'mnist.npz', ref: ref('mnist.npz') }];
const CONFIG = PRESET_CONFIGS.smoke;
/** Its models, its three ensembles and the variants of the network. */
const CANDIDATES = Object.keys(CONFIG.train.models).length + CONFIG.ensemble.methods.length + quantisedVariants(CONFIG.compress.models).length + Object.keys(CONFIG.compress.variants ?? {}).length;

describe('the client', function () {
  this.timeout(90_000);
  let world: WorkflowWorld;
  let client: DigitloomClient;

  before(async () => {
    world = await startWorkflowWorld({ durable: true });
    client = new DigitloomClient(world.client, new MemoryStore(), () => Promise.resolve());
  });
  after(() => world.stop());

  const activities = (overrides: Partial<FakeActivities> = {}): FakeActivities =>
    fakeSteps({ movePointer: createRunActivities({ store: client.store, workflows: world.client.workflow }).movePointer, ...overrides }, undefined, client.store).activities;

  it('knows no run at first', async () => {
    await world.withWorkers(activities(), async () => {
      await assert.rejects(client.latestRun(), (error: Error) => error instanceof NotFoundError && /No run has finished/.test(error.message));
      await assert.rejects(client.status('run-none'), (error: Error) => error instanceof NotFoundError && /no run "run-none"/.test(error.message));
      await assert.rejects(client.cancelRun('run-none'), NotFoundError);
      await assert.rejects(client.recordedResult('run-none'), NotFoundError);
    });
  });

  it('starts a run, watches it to its end, and finds it as the latest', async () => {
    await world.withWorkers(activities(), async () => {
      const runId = await client.startRun(CONFIG, SOURCE);
      assert.match(runId, /^run-\d{8}-\d{6}-[0-9a-f]{4}$/);
      await assert.rejects(client.startRun(CONFIG, SOURCE, runId), (error: Error) => error instanceof InvalidConfigError && /already/.test(error.message));
      let last: RunSnapshot | undefined;
      for await (const snapshot of client.watchRun(runId, { everyMs: 100 })) last = snapshot;
      assert.equal(last?.state, 'completed');
      assert.deepEqual(last?.progress?.stages.map(({ state }) => state), Array(10).fill('done'));

      const outcome = await client.outcome(runId);
      assert.ok(outcome.state === 'completed');
      assert.equal(outcome.result.models.length, CANDIDATES);
      assert.equal(await client.latestRun(), runId);
      assert.deepEqual(await client.recordedResult(runId), outcome.result);
      const elsewhere = new DigitloomClient(world.client, new MemoryStore(), () => Promise.resolve());
      await assert.rejects(elsewhere.outcome(runId), (error: Error) => error instanceof NotFoundError && /no record of run .* the store is another one/.test(error.message));
    });
  });

  it('says why a run failed in the words of the step', async () => {
    const failing = activities({ ingest: () => Promise.reject(new InvalidDataError('train-labels: 59,999 labels for 60,000 images')) });
    await world.withWorkers(failing, async () => {
      const outcome = await client.outcome(await client.startRun(CONFIG, SOURCE));
      assert.deepEqual(outcome, { state: 'failed', error: { type: 'InvalidDataError', message: 'train-labels: 59,999 labels for 60,000 images' } });
    });
  });

  it('shows which step is being tried again, and why', async () => {
    let attempts = 0;
    const flaky = activities({
      async fitModel(input) {
        if (input.name === 'cnn' && ++attempts < 4) throw new Error('the store is away');
        return step('fit', input, ['model', 'validationProba'], { validationAccuracy: 1, parameters: 1, device: 'cpu' });
      },
    });
    await world.withWorkers(flaky, async () => {
      const seen: string[] = [];
      for await (const { retries } of client.watchRun(await client.startRun(CONFIG, SOURCE), { everyMs: 50 })) {
        seen.push(...retries.map(({ activity, lastFailure }) => `${activity}: ${lastFailure}`));
      }
      assert.ok(seen.includes('fitModel: the store is away'), `saw ${seen.join(', ') || 'nothing'}`);
    });
  });

  it('cancels a run', async () => {
    const started = new EventTarget();
    const endless = activities({
      async fitModel() {
        started.dispatchEvent(new Event('fit'));
        const beat = setInterval(() => Context.current().heartbeat(), 200);
        return Context.current().cancelled.finally(() => clearInterval(beat));
      },
    });
    await world.withWorkers(endless, async () => {
      const begun = once(started, 'fit');
      const runId = await client.startRun(CONFIG, SOURCE);
      await begun;
      await client.cancelRun(runId);
      assert.deepEqual(await client.outcome(runId), { state: 'cancelled' });
      await client.cancelRun(runId);
      assert.deepEqual(await client.outcome(runId), { state: 'cancelled' });
    });
  });

  it('lists runs, the newest first, with what they carry', async () => {
    const deadline = Date.now() + 20_000; // visibility lags behind
    for (;;) {
      const runs = await client.listRuns();
      const completed = runs.find(({ state }) => state === 'completed');
      if (completed && runs.some(({ state }) => state === 'cancelled')) {
        assert.equal(completed.preset, 'smoke');
        assert.equal(completed.stage, 'finished');
        assert.ok(completed.bestAccuracy !== undefined && completed.endedAt);
        assert.deepEqual([...runs].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime()), runs);
        assert.equal((await client.listRuns(1)).length, 1);
        return;
      }
      assert.ok(Date.now() < deadline, `lists ${JSON.stringify(runs)}`);
      await sleep(200);
    }
  });

  it('creates, triggers, pauses, resumes and deletes a schedule, whose runs have ids of their own', async () => {
    await world.withWorkers(activities(), async () => {
      const schedule = { id: 'nightly', config: CONFIG, source: SOURCE, when: { cron: '0 3 * * *' }, overlap: 'BUFFER_ONE', catchUpWindow: '30m', pauseOnFailure: true } as const;
      await client.createSchedule(schedule);
      await assert.rejects(client.createSchedule(schedule), (error: Error) => error instanceof InvalidConfigError && /already/.test(error.message));
      await assert.rejects(client.createSchedule({ ...schedule, id: 'b', when: { every: '5 parsecs' } }), InvalidConfigError);
      await assert.rejects(client.createSchedule({ ...schedule, id: 'b', when: { cron: '99 3 * * *' } }), InvalidConfigError);

      const listed = async (): Promise<ScheduleInfo | undefined> => (await client.listSchedules()).find(({ id }) => id === 'nightly');
      await client.changeSchedule('nightly', 'trigger');
      await waitFor(async () => (await listed())?.runs === 1 || undefined);
      await client.changeSchedule('nightly', 'pause');
      const info = await waitFor(async () => {
        const schedule = await listed();
        return schedule?.paused ? schedule : undefined;
      });
      assert.equal(info.overlap, 'BUFFER_ONE');
      assert.equal(info.catchUpWindowSeconds, 1_800);
      assert.equal(info.pauseOnFailure, true);
      assert.equal(info.preset, 'smoke');
      assert.match(info.lastRunId ?? '', /^nightly-/);
      const outcome = await client.outcome(info.lastRunId ?? '');
      assert.ok(outcome.state === 'completed');
      assert.equal(outcome.result.runId, info.lastRunId);

      await client.changeSchedule('nightly', 'resume');
      await client.changeSchedule('nightly', 'delete');
      await assert.rejects(client.changeSchedule('nightly', 'pause'), NotFoundError);
    });
  });

  it('goes on watching when Temporal is killed and comes back', async () => {
    const gate = new EventTarget();
    const open = once(gate, 'open'); // whether the step has begun by then or not
    const slow = activities({
      async diversity(input) {
        await open;
        return step('diversity', input, ['diversity'], {});
      },
    });
    await world.withWorkers(slow, async () => {
      const runId = await client.startRun(CONFIG, SOURCE);
      const outcome = client.outcome(runId);
      const states: string[] = [];
      let killed = false;
      for await (const { state, progress } of client.watchRun(runId, { everyMs: 100 })) {
        states.push(state);
        if (!killed && progress?.stages.find(({ name }) => name === 'ensemble')?.state === 'running') {
          killed = true;
          await world.server.kill();
          await world.server.restart();
          gate.dispatchEvent(new Event('open'));
        }
      }
      assert.ok(killed);
      assert.equal(states.at(-1), 'completed');
      assert.equal((await outcome).state, 'completed');
    });
  });
});

async function waitFor<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(100);
  }
  throw new Error('It did not come to pass within a minute.');
}
