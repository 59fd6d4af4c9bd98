import { threadId } from 'node:worker_threads';
import { ownedBytes } from '../../shared/owned-bytes.js';
import type { StepArtifact, StepFunction, StepOutput } from '../../shared/step.js';
import type { ThreadMessage, ThreadTask } from './thread-messages.js';
import { throttledProgress } from './throttled-progress.js';

/** The pool's one thread entry: runs any step function and sends its result through the task's port, moved rather than copied. */
export default async function runInThisThread({ entry, input, port }: ThreadTask): Promise<void> {
  const send = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  send({ type: 'started', threadId });
  try {
    const { default: step } = (await import(entry)) as { default: StepFunction };
    const output = await step(input, {
      progress: throttledProgress((update) => send({ type: 'progress', update })),
      signal: new AbortController().signal, // never aborts: cancellation ends the whole thread
    });
    const movable = withOwnedBytes(output);
    send({ type: 'result', output: movable }, [...new Set(Object.values(movable.outputs).map(({ bytes }) => bytes.buffer as ArrayBuffer))]);
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    send({ type: 'error', name, message, stack });
  }
}

function withOwnedBytes({ outputs, summary }: StepOutput): StepOutput {
  const owned = (artifact: StepArtifact): StepArtifact => ({ ...artifact, bytes: ownedBytes(artifact.bytes) });
  return { outputs: Object.fromEntries(Object.entries(outputs).map(([role, artifact]) => [role, owned(artifact)])), summary };
}
