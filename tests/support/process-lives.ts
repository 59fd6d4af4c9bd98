import { readFileSync } from 'node:fs';

/** Whether a process with that id runs; one that has ended but was not yet reaped does not. */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
