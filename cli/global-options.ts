import type { Command } from 'commander';
import { DEFAULT_STATE_DIR } from '../infra/stack/default-state-dir.js';

/** The options that every command takes. */
export interface GlobalOptions {
  /** Only JSON on stdout. */
  readonly json: boolean;
  readonly stateDir: string;
  /** Stack traces with errors. */
  readonly verbose: boolean;
}

/** Reads them; `command` is the last argument of a commander action. */
export function globalOptions(command: Command): GlobalOptions {
  const { json = false, stateDir = DEFAULT_STATE_DIR, verbose = false } = command.optsWithGlobals<Partial<GlobalOptions>>();
  return { json, stateDir, verbose };
}
