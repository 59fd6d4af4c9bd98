import assert from 'node:assert/strict';
import type { FitContext } from '../../../ml/models/model.js';
import { startTaskThreads } from '../../../ml/models/task-threads.js';
import { DivergedError, InternalError } from '../../../shared/errors.js';
import type { TaskRunner, TaskThreads } from '../../../shared/parallel-tasks.js';

const context = (over: Partial<FitContext> = {}): FitContext => ({ seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined, ...over });

const double: TaskRunner = ({ params, arrays }, tick) => {
  tick();
  if (params['fail'] === true) throw new DivergedError('told to');
  return { twice: Int32Array.from(arrays['x'] as Int32Array, (value) => 2 * value) };
};

describe('units of work without threads', () => {
  it('are done here, one after the other, with ticks', async () => {
    let ticks = 0;
    const threads = startTaskThreads(context(), double, 2, () => ticks++);
    const answers = await Promise.all([1, 2].map((value) => threads.run({ params: {}, arrays: { x: Int32Array.of(value) } })));
    assert.deepEqual(answers.map(({ twice }) => twice?.[0]), [2, 4]);
    assert.equal(ticks, 2);
    await threads.close();
  });

  it('go on after one that failed', async () => {
    const threads = startTaskThreads(context(), double, 1, () => undefined);
    const failing = threads.run({ params: { fail: true }, arrays: {} });
    const next = threads.run({ params: {}, arrays: { x: Int32Array.of(4) } });
    await assert.rejects(failing, DivergedError);
    assert.equal((await next)['twice']?.[0], 8);
  });

  it('stop at an abort', async () => {
    const controller = new AbortController();
    const threads = startTaskThreads(context({ signal: controller.signal }), double, 1, () => undefined);
    const reason = new Error('stop');
    controller.abort(reason);
    await assert.rejects(threads.run({ params: {}, arrays: { x: Int32Array.of(4) } }), (error) => error === reason);
  });

  it('are the context\'s threads where it offers some', async () => {
    const asked: number[] = [];
    const offered: TaskThreads = { run: () => Promise.resolve({}), close: () => Promise.resolve() };
    const threads = startTaskThreads(context({ startThreads: (count) => (asked.push(count), offered) }), double, 3, () => undefined);
    assert.equal(threads, offered);
    assert.deepEqual(asked, [3]);
  });

  it('need a runner', () => {
    assert.throws(() => startTaskThreads(context(), undefined, 1, () => undefined), InternalError);
  });
});
