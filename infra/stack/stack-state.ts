import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../process/process-identity.js';
import type { StackAddresses } from './stack-addresses.js';

/** What a running stack leaves for others to find: the body of `stack.json` in the state folder. */
export interface StackState {
  /** The process that started the parts and restarts them. */
  readonly supervisor: ProcessIdentity;
  /** False while parts are still starting. */
  readonly ready: boolean;
  /** Which build the workers run. */
  readonly build: string;
  /** The folder of that build's sources. */
  readonly checkout?: string;
  /** Makes the supervisor restart the workers on the build that is there by then; absent: it cannot. */
  readonly renewSignal?: NodeJS.Signals;
  /** Why the last restart on a new build failed, and when (ms since 1970). */
  readonly renewalFailure?: { readonly at: number; readonly message: string };
  readonly addresses: StackAddresses;
  /** The processes that belong to the stack now, by part. */
  readonly parts: Readonly<Record<string, ProcessIdentity>>;
}

const stateFile = (stateDir: string): string => join(stateDir, 'stack.json');

/** The state of the stack in this folder, running or not; undefined when there is no file, or it is not a state. */
export function readStackState(stateDir: string): StackState | undefined {
  try {
    const state = JSON.parse(readFileSync(stateFile(stateDir), 'utf8')) as Partial<StackState>;
    return state.supervisor && state.addresses && state.parts ? (state as StackState) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the state whole or not at all, readable by its owner only: it holds the S3 server's credentials. */
export function writeStackState(stateDir: string, state: StackState): void {
  mkdirSync(stateDir, { recursive: true });
  const file = stateFile(stateDir);
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

/** Forgets the stack. */
export function removeStackState(stateDir: string): void {
  rmSync(stateFile(stateDir), { force: true });
}
