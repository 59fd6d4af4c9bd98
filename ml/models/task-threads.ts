import { InternalError } from '../../shared/errors.js';
import type { TaskRunner, TaskThreads } from '../../shared/parallel-tasks.js';
import type { FitContext } from './model.js';

/**
 * Threads for the units of work of a fit: those that its context offers, or none, and the work is done here, with the same answers.
 * @param threads at least 1; answers do not depend on it.
 * @param onTick hears that work moved: report progress, and throw nothing.
 */
export function startTaskThreads(context: FitContext, runner: TaskRunner | undefined, threads: number, onTick: () => void): TaskThreads {
  if (!runner) throw new InternalError('Threads were asked for by a kind of model without a taskRunner.');
  if (context.startThreads) return context.startThreads(threads, onTick);
  let last = Promise.resolve();
  return {
    run(task) {
      const answer = last.then(async () => {
        await new Promise((resolve) => setImmediate(resolve)); // lets messages out and an abort in
        context.signal.throwIfAborted();
        return runner(task, onTick);
      });
      last = answer.then(() => undefined, () => undefined); // one after the other, whatever became of the one before
      return answer;
    },
    async close() {
      await last;
    },
  };
}
