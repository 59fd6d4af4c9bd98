import Table from 'cli-table3';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { Check } from '../../infra/doctor/check.js';
import { DEFAULT_STATE_DIR } from '../../infra/stack/default-state-dir.js';

const MARKS: Readonly<Record<Check['state'], string>> = { ok: pc.green('ok'), missing: pc.red('missing'), note: pc.yellow('note') };

/** `digitloom doctor`: what was found, where, in which version, and how to mend what was not. Exit code 1: something is missing. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('show what a run needs on this machine, and how to mend what is missing')
    .addHelpText('after', '\nExamples:\n  $ digitloom doctor\n  $ digitloom doctor --json')
    .action(async (_options: object, command: Command) => {
      const { json, stateDir = DEFAULT_STATE_DIR } = command.optsWithGlobals<{ json?: boolean; stateDir?: string }>();
      const { examine } = await import('../../infra/doctor/examine.js'); // not loaded by the other verbs
      const checks = await examine(stateDir);
      const missing = checks.filter(({ state }) => state === 'missing');
      if (json) console.log(JSON.stringify({ ok: missing.length === 0, checks }, null, 2));
      else console.log(`${table(checks)}\n${missing.length === 0 ? 'Nothing is missing.' : `Missing: ${missing.map(({ name }) => name).join(', ')}.`}`);
      if (missing.length > 0) process.exitCode = 1;
    });
}

function table(checks: readonly Check[]): string {
  const rows = new Table({ head: ['', 'what', 'found', 'where'], style: { head: [], border: [] }, colWidths: [null, null, 44, 60], wordWrap: true, wrapOnWordBoundary: false });
  for (const { name, state, found, where, remedy } of checks) rows.push([MARKS[state], name, found, [where, remedy && pc.cyan(remedy)].filter(Boolean).join('\n')]);
  return rows.toString();
}
