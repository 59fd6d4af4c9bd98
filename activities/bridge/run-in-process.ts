import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ComputeCrashedError } from '../../shared/errors.js';
import type { ChildArtifact, ChildMessage, ChildTask, ParentMessage } from './child-messages.js';
import type { JsonObject } from '../../shared/json.js';
import { lastLines } from './last-lines.js';
import type { ProgressState } from './progress-state.js';
import { remoteError } from './remote-error.js';

/** One computation in a child process of its own. */
export interface ProcessRun {
  /** URL of the step's module. */
  readonly entry: string;
  readonly task: ChildTask;
  /** The child's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly state: ProgressState;
  readonly signal: AbortSignal;
  /** When its first report is due; `whileHeartbeating` ends it where there is none by then. @default 30,000 */
  readonly startWithinMs?: number;
  /** Stores a checkpoint's file; the child goes on when it resolves. */
  readonly saveCheckpoint: (path: string) => Promise<void>;
  /** Told what is odd but harmless, e.g. a crash after the result. */
  readonly warn: (message: string) => void;
}

/** What a child has computed. */
export interface ProcessResult {
  readonly outputs: Readonly<Record<string, ChildArtifact>>;
  readonly summary: JsonObject;
}

const CHILD_MAIN = fileURLToPath(new URL('./child-main.js', import.meta.url));
/** Loading TensorFlow's 800 MB blocks a child for seconds, for tens of them on a busy machine. */
const START_MS = 30_000;
const STARTING: ReadonlySet<ChildMessage['type']> = new Set(['ready', 'loaded']);
const TERMINATE_MS = 2_000;
const EXIT_MS = 5_000;

/**
 * Runs a step function in a child process, so that a native crash, a hang or an out-of-memory kill ends the attempt and not
 * the worker. It settles when the child is gone; cancellation sends SIGTERM and, two seconds later, SIGKILL.
 * @throws the step's own error, its class rebuilt; ComputeCrashedError when the child ended without a result; the signal's reason.
 */
export async function runInProcess(run: ProcessRun): Promise<ProcessResult> {
  const { signal, state, warn } = run;
  signal.throwIfAborted();
  state.starting(run.startWithinMs ?? START_MS);
  const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', CHILD_MAIN, run.entry, String(process.pid)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: run.env,
  });
  const tail = lastLines([child.stdout, child.stderr].filter((stream) => stream !== null));
  const timers: NodeJS.Timeout[] = [];
  const killAfter = (ms: number): void => void timers.push(setTimeout(() => child.kill('SIGKILL'), ms));
  const abort = (): void => {
    child.kill('SIGTERM');
    killAfter(TERMINATE_MS);
  };
  let outcome: Extract<ChildMessage, { type: 'result' | 'error' }> | undefined;
  child.on('message', (message: ChildMessage) => {
    if (message.type === 'progress') state.report(message.update);
    else state.touch();
    if (!STARTING.has(message.type)) state.started();
    if (message.type === 'ready') tell(child, { type: 'start', task: run.task });
    if (message.type === 'checkpoint') void save(run, child, message.path, message.number);
    if (message.type !== 'result' && message.type !== 'error') return;
    outcome = message;
    tell(child, { type: 'resultReceived' });
    killAfter(EXIT_MS);
  });
  signal.addEventListener('abort', abort, { once: true });
  const end = await ended(child);
  state.started();
  signal.removeEventListener('abort', abort);
  for (const timer of timers) clearTimeout(timer);

  if (outcome?.type === 'result') {
    if (end !== 'exit code 0') warn(`A child process ended with ${end} after it had delivered its result.\n${tail()}`);
    return outcome;
  }
  if (signal.aborted) throw signal.reason;
  if (outcome?.type === 'error') throw remoteError(outcome);
  throw new ComputeCrashedError(`A child process ended with ${end} before its result. Its last words:\n${tail() || '(none)'}`);
}

async function save(run: ProcessRun, child: ChildProcess, path: string, number: number): Promise<void> {
  try {
    await run.saveCheckpoint(path);
    tell(child, { type: 'checkpointSaved', number });
  } catch (error) {
    tell(child, { type: 'checkpointFailed', number, message: (error as Error).message });
  }
  run.state.touch();
}

/** A child that is gone has no more use for the message; how it ended is reported by its exit. */
function tell(child: ChildProcess, message: ParentMessage): void {
  if (child.connected) child.send(message, () => undefined);
}

/** How the child ended, in words: `exit code 1`, `signal SIGKILL`. */
function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    // Not once: a signal that cannot be sent is told here too, and unheard it would end the worker.
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(`a failure to start (${error.message})`);
    });
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}
