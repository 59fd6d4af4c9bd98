import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowFailedError } from '@temporalio/client';
import { cacheFolder } from '../../infra/provision/cache-folder.js';
import type { RunResult } from '../../shared/run.js';
import type { StepManifest } from '../../storage/manifest.js';
import { FAULT_CONFIG } from '../support/fault-config.js';
import { childrenOf, processesWith } from '../support/process-tree.js';
import type { PipelineWorld } from '../support/pipeline-world.js';
import { pipelineWorld } from '../support/pipeline-world.js';
import { until } from '../support/until.js';

/** Promises are kept three times over: the machine is shared. */
const CANCEL_MS = 3 * 10_000;
const EVENT_MS = 120_000;
const CHILD = 'child-main.js';
const STEPS = '/dist/steps/';
/** Where a worker keeps the files of its processes. */
const STAGING = join(cacheFolder(), 'artifacts', 'staging');

/** The digest of the trained CNN. */
function modelDigest(result: RunResult): string {
  const digest = result.models.find(({ name }) => name === 'cnn')?.artifacts['model']?.digest;
  assert.ok(digest, `the run has no model cnn: ${JSON.stringify(result.models)}`);
  return digest;
}

async function trainingOf(world: PipelineWorld): Promise<StepManifest> {
  const [fit] = (await world.manifests('fit-cnn')).values();
  assert.ok(fit, 'the training has no manifest');
  return fit.manifest;
}

const kill = (pid: number): void => void process.kill(pid, 'SIGKILL');
const checkpoint = (world: PipelineWorld, number: number): Promise<unknown> =>
  until(async () => (await world.newestCheckpoint()) >= number, EVENT_MS);

describe('a run whose processes are killed', function () {
  let undisturbed: string;

  before('an undisturbed run in a world of its own', async () => {
    const world = await pipelineWorld();
    try {
      undisturbed = modelDigest(await world.resultOf(await world.start('undisturbed', FAULT_CONFIG)));
    } finally {
      await world.close();
    }
  });

  afterEach('no orphan is left', () => {
    // A child is given its parent's pid as its last argument. The unit tests, which may run beside, orphan some whose steps are not built ones.
    assert.deepEqual(processesWith(CHILD).filter(({ parent, command }) => command.includes(STEPS) && command.trim().split(' ').at(-1) !== String(parent)), []);
  });

  it('survives the death of its workers: later attempts run, committed shards stay, training resumes, the model is the same', async () => {
    const world = await pipelineWorld();
    try {
      const run = await world.start('workers-killed', FAULT_CONFIG);

      await until(async () => (await world.store.listDocuments('steps/')).length >= 5 || undefined, EVENT_MS); // the ingest and some shards
      process.kill(world.pid('worker-cpu'), 'SIGSTOP'); // so that no more are done while it is looked what there is
      const committed = await world.manifests('extract-features');
      assert.ok(committed.size >= 3 && committed.size < 21, `${committed.size} of 21 shards were done before the worker could be killed`);
      kill(world.pid('worker-cpu'));

      await checkpoint(world, 2);
      kill(world.pid('worker-train-cpu'));

      await checkpoint(world, 4);
      const trainer = await until(() => childrenOf(world.pid('worker-train-cpu')).find(({ command }) => command.includes(CHILD)), EVENT_MS);
      const before = await world.newestCheckpoint();
      kill(trainer.pid);

      const result = await world.resultOf(run);
      const shards = await world.manifests('extract-features');
      assert.equal(shards.size, 21);
      for (const [key, { text }] of committed) assert.equal(shards.get(key)?.text, text, 'a committed shard was computed again');
      assert.ok([...shards.values()].some(({ manifest }) => manifest.attempt > 1), 'no shard was computed by a later attempt');
      const training = await trainingOf(world);
      assert.ok(training.attempt >= 3, `the training ended in attempt ${training.attempt}, expected at least the third`);
      assert.ok((training.resumedFrom ?? 0) >= before, `resumed from checkpoint ${training.resumedFrom}, expected ${before} or later`);
      assert.equal(modelDigest(result), undisturbed);
    } finally {
      await world.close();
    }
    assert.deepEqual(processesWith(world.stateDir), []);
  });

  it('survives the death of its servers, which come back on their data', async () => {
    const world = await pipelineWorld();
    try {
      const run = await world.start('servers-killed', FAULT_CONFIG);
      await checkpoint(world, 1);
      const committed = await world.manifests('extract-features');
      const temporal = world.pid('temporal');
      kill(temporal);
      await until(() => world.stack.parts()['temporal'] && world.pid('temporal') !== temporal, EVENT_MS);

      await checkpoint(world, 3);
      const s3 = world.pid('s3');
      kill(s3);
      await until(() => world.stack.parts()['s3'] && world.pid('s3') !== s3, EVENT_MS);

      const result = await world.resultOf(run);
      const shards = await world.manifests('extract-features');
      assert.equal(shards.size, 21);
      for (const [key, { text }] of committed) assert.equal(shards.get(key)?.text, text, 'a committed shard was computed again');
      assert.equal(modelDigest(result), undisturbed);
    } finally {
      await world.close();
    }
    assert.deepEqual(processesWith(world.stateDir), []);
  });

  it('is cancelled within seconds, and leaves no process and no half-written object', async () => {
    const world = await pipelineWorld();
    try {
      const run = await world.start('cancelled', FAULT_CONFIG);
      await checkpoint(world, 1);
      const worker = world.pid('worker-train-cpu');
      assert.equal(childrenOf(worker).length, 1);
      const staged = (): string[] => (existsSync(STAGING) ? readdirSync(STAGING) : []).filter((name) => name.startsWith(`attempt-${worker}-`));
      assert.equal(staged().length, 1, 'the training has no folder for its files');

      const asked = performance.now();
      await run.cancel();
      await assert.rejects(run.result(), (error) => error instanceof WorkflowFailedError && error.cause?.name === 'CancelledFailure');
      await until(() => childrenOf(worker).length === 0, CANCEL_MS);
      assert.ok(performance.now() - asked < CANCEL_MS, 'it took too long');
      assert.equal((await run.describe()).status.name, 'CANCELLED');
      assert.equal((await world.manifests('fit-cnn')).size, 0);
      for (const { manifest } of (await world.manifests('extract-features')).values()) {
        for (const ref of Object.values(manifest.outputs)) assert.ok(await world.store.has(ref), 'a manifest names an object that is not there');
      }
      assert.deepEqual(staged(), [], 'files of the training are left');
    } finally {
      await world.close();
    }
    assert.deepEqual(processesWith(world.stateDir), []);
  });
});
