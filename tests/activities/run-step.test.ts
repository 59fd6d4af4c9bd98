import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { saveCheckpoint } from '../../activities/checkpoints.js';
import { runStep } from '../../activities/run-step.js';
import type { StepCall } from '../../activities/step-call.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import { ComputeCrashedError, DivergedError, NotFoundError } from '../../shared/errors.js';
import { readStepManifest } from '../../storage/manifest.js';
import { processLives } from '../support/process-lives.js';
import type { StepWorld } from '../support/step-world.js';
import { stepWorld } from '../support/step-world.js';
import { until } from '../support/until.js';

describe('runStep', () => {
  let world: StepWorld;
  let x: ArtifactRef;
  beforeEach(async () => {
    world = await stepWorld({
      'echo-thread': ['echo', 'thread'], 'echo-process': ['echo', 'process'], fit: ['count-segments', 'process'],
      'hang-thread': ['hang', 'thread'], 'hang-process': ['hang', 'process'], fail: ['fail', 'process'],
    });
    x = await world.store.put(new TextEncoder().encode('pixels'), MEDIA.npy);
  });
  afterEach(() => world.close());
  const call = (step: string, params: StepCall['params'] = {}, more: Partial<StepCall> = {}): StepCall => ({ step, label: step, params, inputs: { x: [x] }, ...more });
  const staging = async (): Promise<string[]> => (existsSync(world.deps.stagingFolder) ? readdir(world.deps.stagingFolder) : []);

  for (const kind of ['thread', 'process']) {
    it(`computes in a ${kind}, commits, and answers the second time from the store`, async () => {
      const first = await runStep(world.deps, call(`echo-${kind}`, { C: 1 }));
      assert.equal(first.cached, false);
      assert.equal(first.attempt, 1);
      const output = first.outputs['x'];
      assert.ok(output);
      assert.equal(new TextDecoder().decode(await world.store.get(output)), 'pixels');
      assert.equal((await readStepManifest(world.store, first.key))?.label, `echo-${kind}`);

      world.next.attempt = 5;
      const second = await runStep(world.deps, call(`echo-${kind}`, { C: 1 }));
      assert.deepEqual({ ...second, seconds: 0 }, { ...first, seconds: 0, cached: true });
      assert.deepEqual(await staging(), []);
    });
  }

  it('computes again when the parameters, the seed, an input, the code or the environment changed', async () => {
    const base = call('echo-thread', { C: 1 }, { randomState: 1 });
    const other = await world.store.put(new TextEncoder().encode('other pixels'), MEDIA.npy);
    const keys = [(await runStep(world.deps, base)).key];
    const variants = [{ params: { C: 2 } }, { randomState: 2 }, { inputs: { x: [other] } }, { environment: { machine: 'b' } }];
    for (const variant of variants) {
      const { cached, key } = await runStep(world.deps, { ...base, ...variant });
      assert.equal(cached, false);
      keys.push(key);
    }
    world.next.version = 'v2';
    keys.push((await runStep(world.deps, base)).key);
    assert.equal(new Set(keys).size, 6);
    assert.equal((await runStep(world.deps, { ...base, label: 'another name' })).cached, true);
  });

  it('gives a step the same seed after an edit of its code', async () => {
    const before = await runStep(world.deps, call('echo-thread', { C: 1 }, { randomState: 42 }));
    world.next.version = 'v2';
    const after = await runStep(world.deps, call('echo-thread', { C: 1 }, { randomState: 42 }));
    assert.equal(after.summary['seed'], before.summary['seed']);
  });

  it('computes again when an output is gone from the store', async () => {
    const fit = call('fit', { segments: 1 });
    const { outputs } = await runStep(world.deps, fit);
    assert.ok(outputs['model']);
    world.store.lose(outputs['model']);
    assert.equal((await runStep(world.deps, fit)).cached, false);
    assert.equal((await runStep(world.deps, fit)).cached, true);
  });

  it('stores an index of the outputs, shows only what is asked for, and computes again when the index would be another', async () => {
    const indexed = (text: string): StepCall =>
      call('echo-thread', {}, { expose: ['list'], index: { role: 'list', make: (outputs) => ({ bytes: new TextEncoder().encode(text + Object.keys(outputs).join()), mediaType: MEDIA.json }) } });
    const { outputs } = await runStep(world.deps, indexed('roles: '));
    assert.deepEqual(Object.keys(outputs), ['list']);
    assert.ok(outputs['list']);
    assert.equal(new TextDecoder().decode(await world.store.get(outputs['list'])), 'roles: x');
    assert.equal((await runStep(world.deps, indexed('roles: '))).cached, true);
    assert.equal((await runStep(world.deps, indexed('other: '))).cached, false);
  });

  it('runs an inline step here', async () => {
    const inline = (text: string): StepCall =>
      call('join', {}, { inline: () => ({ outputs: { joined: { bytes: new TextEncoder().encode(text), mediaType: MEDIA.json } }, summary: {} }) });
    assert.equal((await runStep(world.deps, inline('a'))).cached, false);
    assert.equal((await runStep(world.deps, inline('a'))).cached, true);
    assert.equal((await runStep(world.deps, inline('b'))).cached, false);
  });

  it('commits nothing and leaves no file when the step fails', async () => {
    await assert.rejects(runStep(world.deps, call('fail', { name: 'DivergedError' })), DivergedError);
    assert.deepEqual(await world.store.listDocuments('steps/'), []);
    assert.deepEqual(await staging(), []);
  });

  it('names an input that is gone', async () => {
    world.store.lose(x);
    await assert.rejects(runStep(world.deps, call('echo-thread')), NotFoundError);
    await assert.rejects(runStep(world.deps, call('echo-process')), NotFoundError);
  });

  it('resumes a killed training from its last checkpoint and ends with the same bytes', async () => {
    const undisturbed = await runStep(world.deps, call('fit', { segments: 6 }));
    const params = { segments: 6, dieAfter: 4, once: join(world.folder, 'died'), tellResume: true };
    await assert.rejects(runStep(world.deps, call('fit', params)), ComputeCrashedError);
    const names = await world.store.listDocuments('checkpoints/');
    assert.deepEqual(names.map((name) => name.split('/').at(-1)), ['3', '4'], 'the newest two are kept');

    world.next.attempt = 2;
    const resumed = await runStep(world.deps, call('fit', params));
    assert.equal(resumed.resumedFrom, 4);
    assert.equal(resumed.attempt, 2);
    assert.equal(resumed.summary['resumedAt'], 4);
    assert.equal(resumed.outputs['model']?.digest, undisturbed.outputs['model']?.digest);
    assert.deepEqual(await world.store.listDocuments('checkpoints/'), []);
    assert.deepEqual({ ...(await runStep(world.deps, call('fit', params))), seconds: 0 }, { ...resumed, seconds: 0, cached: true });
  });

  it('skips a torn checkpoint', async () => {
    const params = { segments: 5, dieAfter: 3, once: join(world.folder, 'died'), tellResume: true };
    await assert.rejects(runStep(world.deps, call('fit', params)), ComputeCrashedError);
    const newest = (await world.store.listDocuments('checkpoints/')).at(-1) ?? '';
    const bytes = await world.store.readDocument(newest);
    assert.ok(bytes);
    await world.store.writeDocument(newest, bytes.subarray(0, bytes.length - 1));
    const resumed = await runStep(world.deps, call('fit', params));
    assert.equal(resumed.resumedFrom, 2);
    assert.deepEqual([...(await world.store.get(resumed.outputs['model'] as ArtifactRef))], [1, 2, 3, 4, 5]);
  });

  it('adds the seconds before a checkpoint to those after it', async () => {
    const params = { segments: 2, dieAfter: 1, once: join(world.folder, 'died') };
    await assert.rejects(runStep(world.deps, call('fit', params)), ComputeCrashedError);
    const [name = ''] = await world.store.listDocuments('checkpoints/');
    await saveCheckpoint(world.store, name.split('/')[1] ?? '', { number: 1, bytes: Uint8Array.of(1), seconds: 1000 });
    assert.ok((await runStep(world.deps, call('fit', params))).computedSeconds > 1000);
  });

  for (const kind of ['thread', 'process']) {
    it(`ends a hung ${kind} step, which stops heartbeating`, async () => {
      world.next.heartbeatTimeoutMs = 1500;
      const says = join(world.folder, 'runs');
      await assert.rejects(runStep(world.deps, call(`hang-${kind}`, { says, busy: true })), (error) => error instanceof ComputeCrashedError && /no progress/.test(error.message));
      const pid = Number(readFileSync(says, 'utf8'));
      if (kind === 'process') assert.equal(processLives(pid), false);
    });

    it(`ends a cancelled ${kind} step and leaves nothing`, async () => {
      const controller = new AbortController();
      world.next.signal = controller.signal;
      const says = join(world.folder, 'runs');
      const running = runStep(world.deps, call(`hang-${kind}`, { says }));
      await until(() => existsSync(says));
      controller.abort(new Error('cancelled by the user'));
      await assert.rejects(running, /cancelled by the user/);
      assert.deepEqual(await staging(), []);
      assert.deepEqual(await world.store.listDocuments(''), []);
    });
  }
});
