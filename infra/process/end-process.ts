import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.js';

const LOOK_EVERY_MS = 50;

/** Sends a signal to that very process, and to nobody who got its pid later; false when it was gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  return isAlive(identity) && send(identity.pid, signal);
}

/**
 * Asks that very process to end (SIGTERM); after `graceMs` ends it by force, with its children where it leads a process
 * group. Resolves when it is gone.
 */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  signalProcess(identity, 'SIGTERM');
  for (let waited = 0; isAlive(identity); waited += LOOK_EVERY_MS) {
    if (waited >= graceMs && !send(-identity.pid, 'SIGKILL')) send(identity.pid, 'SIGKILL');
    await sleep(LOOK_EVERY_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
