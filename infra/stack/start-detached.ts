import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NativeLibraryError } from '../../shared/errors.js';
import { isAlive } from '../process/process-identity.js';
import { readStackState, type StackState } from './stack-state.js';

const LOOK_EVERY_MS = 100;
const SUPERVISOR = fileURLToPath(new URL('./supervisor.js', import.meta.url));

/** The stack that runs in this folder and answers; undefined when there is none. */
export function runningStack(stateDir: string): StackState | undefined {
  const state = readStackState(resolve(stateDir));
  return state?.ready && isAlive(state.supervisor) ? state : undefined;
}

/**
 * Starts a supervisor that outlives this process, and resolves when its stack answers. One that runs already is joined.
 * @throws NativeLibraryError with the supervisor's last words when it ended before its stack answered.
 */
export async function startDetached(stateDir: string, workers: boolean): Promise<StackState> {
  const folder = resolve(stateDir);
  const already = runningStack(folder);
  if (already) return already;
  const logFile = join(folder, 'logs', 'supervisor.log');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const log = openSync(logFile, 'a');
  const from = statSync(logFile).size;
  const args = ['--enable-source-maps', SUPERVISOR, '--state-dir', folder, ...(workers ? [] : ['--no-workers'])];
  const supervisor = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  supervisor.unref();
  for (;;) {
    const running = runningStack(folder);
    if (running) return running;
    if (supervisor.exitCode !== null || supervisor.signalCode !== null) {
      throw new NativeLibraryError(`The stack did not come up:\n${readFileSync(logFile, 'utf8').slice(from).trim()}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}
