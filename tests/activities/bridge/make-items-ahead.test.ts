import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeItemsAhead } from '../../../activities/bridge/make-items-ahead.js';
import { runInProcess } from '../../../activities/bridge/run-in-process.js';
import { whileHeartbeating } from '../../../activities/bridge/while-heartbeating.js';
import { ComputeCrashedError, DivergedError, InternalError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import type { AheadItems } from '../../../shared/made-ahead.js';
import { processRun } from '../../support/process-run.js';
import { stepEntry } from '../../support/step-entry.js';

describe('items made ahead', () => {
  let items: AheadItems;
  const open = (task: JsonObject = {}, count = 60): AheadItems => {
    items = makeItemsAhead(stepEntry('count-items'))({ task, arrays: { first: Uint8Array.of(100) }, itemBytes: 8, count });
    return items;
  };
  afterEach(() => items.close());
  const taken = async (index: number): Promise<number[]> => {
    const into = new Uint8Array(8);
    await items.take(index, into);
    return [...into];
  };
  const eight = (value: number): number[] => new Array<number>(8).fill(value);

  it('come in order, each once, many more than lie ready at a time', async () => {
    open();
    for (let index = 0; index < 60; index++) assert.deepEqual(await taken(index), eight(100 + index));
  });

  it('are whole however slowly they are taken: none is overwritten before its turn', async () => {
    open();
    for (let index = 0; index < 25; index++) {
      if (index % 6 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
      assert.deepEqual(await taken(index), eight(100 + index));
    }
  });

  it('begin anew after a leap in either direction', async () => {
    open();
    for (const index of [40, 41, 3, 4, 59]) assert.deepEqual(await taken(index), eight(100 + index));
  });

  it('are refused outside of their number', async () => {
    open();
    await assert.rejects(taken(60), InternalError);
    await assert.rejects(taken(-1), InternalError);
  });

  it('give the maker\'s own error, after the items that were made before it', async () => {
    open({ throwAt: 5 });
    for (let index = 0; index < 5; index++) await taken(index);
    await assert.rejects(taken(5), (error) => error instanceof DivergedError && error.message === 'told to');
    await assert.rejects(taken(5), DivergedError);
  });

  it('say so when their thread ends or cannot start', async () => {
    open({ exitAt: 2 });
    await taken(0);
    await taken(1);
    await assert.rejects(taken(2), (error) => error instanceof ComputeCrashedError && /code 3/.test(error.message));
    items = makeItemsAhead(stepEntry('no-such-step'))({ task: {}, arrays: {}, itemBytes: 8, count: 1 });
    await assert.rejects(taken(0), ComputeCrashedError);
    items = makeItemsAhead(stepEntry('echo'))({ task: {}, arrays: {}, itemBytes: 8, count: 1 });
    await assert.rejects(taken(0), /no itemMaker/);
  });

  it('end at once when they are closed, whatever the thread is busy with', async () => {
    open({ hangAt: 1 });
    await taken(0);
    await items.close();
    open();
    await taken(0); // the thread sleeps on a full ring
    await items.close();
  });

  describe('in a child process', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'digitloom-ahead-'));
      open();
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('are offered to a step that has a maker', async () => {
      const { outputs } = await runInProcess(processRun('count-items', folder, { count: 20 }));
      const bytes = await readFile(outputs['items']?.path ?? '');
      assert.deepEqual([...bytes], Array.from({ length: 160 }, (_, i) => 100 + Math.floor(i / 8)));
    });

    it('end the attempt with the maker\'s error', async () => {
      await assert.rejects(runInProcess(processRun('count-items', folder, { count: 20, throwAt: 9 })), DivergedError);
      await assert.rejects(runInProcess(processRun('count-items', folder, { count: 20, exitAt: 9 })), ComputeCrashedError);
    });

    it('end with the child when it is cancelled while it waits for one', async () => {
      const run = processRun('count-items', folder, { count: 20, hangAt: 3 });
      const controller = new AbortController();
      const running = runInProcess({ ...run, signal: controller.signal });
      setTimeout(() => controller.abort(new Error('cancelled by the test')), 1_000);
      await assert.rejects(running, /cancelled by the test/);
    });

    it('are missed as silence when their thread hangs', async () => {
      const run = processRun('count-items', folder, { count: 20, hangAt: 3 });
      const options = { state: run.state, heartbeat: () => undefined, signal: run.signal, everyMs: 20, silenceMs: 700 };
      await assert.rejects(whileHeartbeating(options, (signal) => runInProcess({ ...run, signal })), /showed no progress/);
    });
  });
});
