import { Piscina } from 'piscina';
import { InternalError } from '../../shared/errors.js';
import type { ParallelTask, TaskRunner } from '../../shared/parallel-tasks.js';
import type { StepFunction } from '../../shared/step.js';
import type { TaskMessage, TaskThreadData } from './task-messages.js';

/* Entry of the threads of a step's process: each does one unit of work at a time. */

const { entry, counter } = Piscina.workerData as TaskThreadData;
const ticks = new Int32Array(counter);
let loading: Promise<TaskRunner> | undefined;

export default async function runTask(task: ParallelTask): Promise<TaskMessage> {
  try {
    loading ??= loadRunner();
    const runner = await loading;
    const answer = runner(task, () => void Atomics.add(ticks, 0, 1));
    const buffers = new Set(Object.values(answer).map(({ buffer }) => buffer).filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer));
    return moved({ type: 'answer', answer }, [...buffers]);
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { type: 'error', name, message, stack };
  }
}

function moved(message: TaskMessage, buffers: readonly ArrayBuffer[]): TaskMessage {
  return Piscina.move({ [Piscina.transferableSymbol]: buffers, [Piscina.valueSymbol]: message } as never) as unknown as TaskMessage;
}

async function loadRunner(): Promise<TaskRunner> {
  const { default: step } = (await import(entry)) as { default: StepFunction };
  if (!step.taskRunner) throw new InternalError(`${entry} has no taskRunner: its step was offered threads all the same.`);
  return step.taskRunner;
}
