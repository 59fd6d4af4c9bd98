import { endProcess } from '../process/end-process.js';
import { readStackState, removeStackState } from './stack-state.js';

const GRACE_MS = 8000;

/**
 * Ends the processes that the state file of a folder names and that still run: its supervisor, which ends its parts in
 * order, then what is left of them. A process that merely got one of their pids is left alone.
 * @returns the names of what was ended or is gone; undefined when there is no state file.
 */
export async function endLeftovers(stateDir: string, supervisorGraceMs = GRACE_MS): Promise<string[] | undefined> {
  const state = readStackState(stateDir);
  if (!state) return undefined;
  if (state.supervisor.pid !== process.pid) await endProcess(state.supervisor, supervisorGraceMs);
  const parts = { ...state.parts, ...readStackState(stateDir)?.parts };
  await Promise.all(Object.values(parts).map((part) => endProcess(part, GRACE_MS)));
  removeStackState(stateDir);
  return Object.keys(parts);
}
