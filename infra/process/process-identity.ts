import { readFileSync } from 'node:fs';

/** A process that no later one can be mistaken for: its pid, and when the kernel started it (clock ticks since boot). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** The process that has this pid now; undefined when there is none, or only a zombie that awaits its parent. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
  // The command's name comes second, in brackets, and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTime = fields[19];
  return state === 'Z' || state === 'X' || startTime === undefined ? undefined : { pid, startTime };
}

/** Whether that very process still runs; a later one that got the same pid does not count. */
export function isAlive(identity: ProcessIdentity): boolean {
  return processIdentity(identity.pid)?.startTime === identity.startTime;
}
