import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface ShownProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The children of a process that run now. */
export function childrenOf(pid: number): ShownProcess[] {
  return allProcesses().filter(({ parent }) => parent === pid);
}

/** The processes whose command line holds a text. */
export function processesWith(text: string): ShownProcess[] {
  return allProcesses().filter(({ command }) => command.includes(text));
}

function allProcesses(): ShownProcess[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(parent), command }];
    } catch (error) {
      // It ended while the list was read.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
}
