import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Command } from 'commander';
import { EXIT, exitCodeOf } from '../../cli/exit-codes.js';
import type { WithRecordedRuns } from '../../cli/recorded-runs.js';
import { readRunManifest } from '../../storage/manifest.js';
import type { RecordedRun } from '../support/recorded-run.js';

/** What a command did. */
export interface CommandOutcome {
  readonly exitCode: number | string;
  readonly stdout: string;
  /** An error's message too. */
  readonly stderr: string;
}

/** Runs a command in this process on a run that never ran, which is the newest too. */
export async function runCommand(register: (program: Command, withRuns: WithRecordedRuns) => void, { store, runId }: RecordedRun, ...args: readonly string[]): Promise<CommandOutcome> {
  const program = new Command().option('--json').option('--state-dir <dir>').exitOverride();
  register(program, (_stateDir, work) => work({ store, latestRun: async () => runId, recordedResult: async (id) => (await readRunManifest(store, id)) ?? assert.fail(id) }));
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const mocks = [mock.method(console, 'log', (line: string) => void stdout.push(line)), mock.method(process.stderr, 'write', (text: string) => stderr.push(text) > 0)];
  const { exitCode } = process;
  process.exitCode = undefined;
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { exitCode: process.exitCode ?? EXIT.ok, stdout: stdout.join('\n'), stderr: stderr.join('') };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { exitCode: exitCodeOf(error), stdout: stdout.join('\n'), stderr: [...stderr, error.message].join('') };
  } finally {
    process.exitCode = exitCode;
    for (const one of mocks) one.mock.restore();
  }
}
