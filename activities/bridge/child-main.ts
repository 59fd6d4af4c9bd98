import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownedBytes } from '../../shared/owned-bytes.js';
import type { StepFunction, StepOutput } from '../../shared/step.js';
import type { ChildArtifact, ChildMessage, ChildTask, ParentMessage } from './child-messages.js';
import { makeItemsAhead } from './make-items-ahead.js';
import { dieWithParent } from './die-with-parent.js';
import { startTaskThreads } from './start-task-threads.js';
import { throttledProgress } from './throttled-progress.js';

/*
 * Entry of a child process: `node child-main.js <URL of the step's module> <parent's pid>`, with an IPC channel.
 * It ends by process.exit once its result is acknowledged, since some foreign libraries crash in their own exit handlers.
 */

const cancelled = new AbortController();
const waiting = new Map<number, (message: ParentMessage) => void>();
const RESULT = 0;
/** What a step that checks its signal may take to leave. */
const TERMINATE_MS = 300;

process.on('SIGTERM', () => {
  cancelled.abort();
  setTimeout(() => process.exit(143), TERMINATE_MS).unref();
});
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole process group; the parent decides

await dieWithParent(Number(process.argv[3]));
const started = new Promise<ChildTask>((resolve) => {
  process.on('message', (message: ParentMessage) => {
    if (message.type === 'start') resolve(message.task);
    else waiting.get(message.type === 'resultReceived' ? RESULT : message.number)?.(message);
  });
});
await send({ type: 'ready' });
try {
  await run(process.argv[2] ?? '', await started);
} catch (error) {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  await send({ type: 'error', name, message, stack });
  process.exit(1);
}
process.exit(0);

async function run(entry: string, task: ChildTask): Promise<void> {
  const { default: step } = (await import(entry)) as { default: StepFunction };
  await send({ type: 'loaded' });
  const inputs: Record<string, Uint8Array[]> = {};
  for (const [role, paths] of Object.entries(task.files)) inputs[role] = await Promise.all(paths.map(read));
  let checkpoints = 0;
  const output = await step(
    { params: task.params, seed: task.seed, native: task.native, inputs },
    {
      signal: cancelled.signal,
      progress: throttledProgress((update) => void send({ type: 'progress', update })),
      ...(step.itemMaker && { makeAhead: makeItemsAhead(entry) }),
      ...(step.taskRunner && { startThreads: startTaskThreads(entry) }),
      ...(task.checkpoint === undefined ? {} : { checkpoint: await read(task.checkpoint) }),
      async saveCheckpoint(bytes) {
        const number = (checkpoints += 1);
        const path = join(task.folder, `checkpoint-${number}`);
        await writeFile(path, bytes);
        const answer = await sendAndWait({ type: 'checkpoint', number, path }, number);
        if (answer.type === 'checkpointFailed') throw new Error(`The checkpoint could not be saved: ${answer.message}`);
      },
    },
  );
  await sendAndWait({ type: 'result', outputs: await written(output, task.folder), summary: output.summary }, RESULT);
}

async function written({ outputs }: StepOutput, folder: string): Promise<Record<string, ChildArtifact>> {
  const artifacts: Record<string, ChildArtifact> = {};
  for (const [i, [role, { bytes, mediaType }]] of Object.entries(outputs).entries()) {
    const path = join(folder, `output-${i}`);
    await writeFile(path, bytes);
    artifacts[role] = { path, mediaType };
  }
  return artifacts;
}

async function read(path: string): Promise<Uint8Array> {
  return ownedBytes(await readFile(path));
}

function sendAndWait(message: ChildMessage, number: number): Promise<ParentMessage> {
  const answer = new Promise<ParentMessage>((resolve) => waiting.set(number, resolve));
  return send(message).then(() => answer);
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send) throw new Error('child-main needs an IPC channel: it is started by run-in-process.');
    process.send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}
