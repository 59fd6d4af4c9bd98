import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeLibraryError } from '../../shared/errors.js';
import { signalProcess } from '../process/end-process.js';
import { isAlive } from '../process/process-identity.js';
import { buildStamp } from './build-stamp.js';
import { CHECKOUT } from './checkout.js';
import { ForeignStackError } from './foreign-stack-error.js';
import { readStackState, type StackState } from './stack-state.js';
import { runningStack } from './start-detached.js';

const LOOK_EVERY_MS = 100;
/** Workers get 12 s to drain and 90 s to come back. */
const PATIENCE_MS = 120_000;

/**
 * Makes sure that the workers of the stack that runs in `stateDir` run this build: where they were started on another, their
 * supervisor is asked to restart them, and this waits until they ask for work. Servers are left alone.
 * @returns the seconds that it took; undefined when there was nothing to do.
 * @throws ForeignStackError when the stack is another checkout's or another user's; NativeLibraryError when the workers do not come back.
 */
export async function renewWorkers(stateDir: string, build: string = buildStamp()): Promise<number | undefined> {
  const folder = resolve(stateDir);
  const state = runningStack(folder);
  if (!state || build === '' || state.build === build || !Object.keys(state.parts).some((name) => name.startsWith('worker-'))) return undefined;
  const began = performance.now();
  const askedAt = Date.now();
  ask(state, folder);
  for (;;) {
    const now = readStackState(folder);
    if (now?.build === build) return (performance.now() - began) / 1000;
    if (now?.renewalFailure && now.renewalFailure.at >= askedAt) throw new NativeLibraryError(now.renewalFailure.message);
    if (!now || !isAlive(state.supervisor) || performance.now() - began > PATIENCE_MS) {
      throw new NativeLibraryError(`The workers did not come back on the current build. The supervisor's log: ${join(folder, 'logs', 'supervisor.log')}. Run \`digitloom down\`, then \`digitloom up\`.`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function ask({ supervisor, renewSignal, checkout = CHECKOUT }: StackState, folder: string): void {
  const cannot = (reason: string): ForeignStackError =>
    new ForeignStackError(`The workers of the stack in ${folder} run another build, and ${reason}. End that stack with \`digitloom down --state-dir ${folder}\`, or give another --state-dir.`);
  if (checkout !== CHECKOUT) throw cannot(`they are those of the checkout ${checkout}`);
  if (renewSignal === undefined) throw cannot(`their supervisor (process ${supervisor.pid}) is too old to restart them`);
  try {
    signalProcess(supervisor, renewSignal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') throw cannot(`their supervisor (process ${supervisor.pid}) belongs to another user`);
    throw error;
  }
}
