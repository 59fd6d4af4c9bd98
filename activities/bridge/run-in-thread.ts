import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { ComputeCrashedError } from '../../shared/errors.js';
import { ownedBytes } from '../../shared/owned-bytes.js';
import type { StepInput, StepOutput } from '../../shared/step.js';
import type { ProgressState } from './progress-state.js';
import { remoteError } from './remote-error.js';
import type { ThreadMessage, ThreadTask } from './thread-messages.js';

/** One computation in a pool thread. */
export interface ThreadRun {
  readonly pool: Pick<Piscina, 'run' | 'threads'>;
  /** URL of the step's module. */
  readonly entry: string;
  /** Its byte arrays move to the thread: they are empty here afterwards. */
  readonly input: StepInput;
  readonly state: ProgressState;
  readonly signal: AbortSignal;
}

const THREAD_MAIN = fileURLToPath(new URL('./thread-main.js', import.meta.url));

/**
 * Runs a step function in a thread of the pool. Cancellation ends the thread, and the promise settles when it has ended.
 * @throws the step's own error, its class rebuilt; ComputeCrashedError when the thread died; the signal's reason.
 */
export async function runInThread({ pool, entry, input, state, signal }: ThreadRun): Promise<StepOutput> {
  signal.throwIfAborted();
  const { port1: here, port2: there } = new MessageChannel();
  const received: { threadId?: number; last?: ThreadMessage } = {};
  const receive = (message: ThreadMessage): void => {
    if (message.type === 'started') received.threadId = message.threadId;
    if (message.type === 'progress') state.report(message.update);
    else state.touch();
    received.last = message;
  };
  here.on('message', receive);
  const { task, transferList } = movable(entry, input, there);
  // The pool forgets a thread as it aborts it, and an ended thread has no id: note them all just before.
  let threads = new Map<number, Worker>();
  const note = (): void => void (threads = new Map(pool.threads.map((thread) => [thread.threadId, thread])));
  signal.addEventListener('abort', note, { once: true });
  try {
    await pool.run(task, { filename: THREAD_MAIN, transferList, signal });
  } catch (error) {
    if (!signal.aborted) throw new ComputeCrashedError(`A pool thread ended without a result: ${(error as Error).message}`, { cause: error });
    drain(here, receive);
    const thread = threads.get(received.threadId ?? -1);
    if (thread && thread.threadId !== -1) await once(thread, 'exit');
    throw signal.reason;
  } finally {
    signal.removeEventListener('abort', note); // a signal may see thousands of runs
    drain(here, receive);
    here.close();
  }
  const { last } = received;
  if (last?.type === 'result') return last.output;
  if (last?.type === 'error') throw remoteError(last);
  throw new ComputeCrashedError('A pool thread answered without a result.');
}

function movable(entry: string, input: StepInput, port: MessagePort): { task: ThreadTask; transferList: (ArrayBuffer | MessagePort)[] } {
  const inputs = Object.fromEntries(Object.entries(input.inputs).map(([role, arrays]) => [role, arrays.map(ownedBytes)]));
  const buffers = new Set(Object.values(inputs).flatMap((arrays) => arrays.map((array) => array.buffer)));
  return { task: { entry, input: { ...input, inputs }, port }, transferList: [port, ...buffers] };
}

/** The pool's reply may overtake the port's messages, which are already here then. */
function drain(port: MessagePort, receive: (message: ThreadMessage) => void): void {
  for (let entry = receiveMessageOnPort(port); entry; entry = receiveMessageOnPort(port)) receive(entry.message as ThreadMessage);
}
