import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import open from 'open';
import { NotFoundError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import { isTerminal } from '../is-terminal.js';
import { withClient } from '../with-client.js';

/** `digitloom report [run]`: fetches the HTML report and opens it. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('fetch a run\'s report into a file and open it')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .option('--out <file>', 'where to put it (default: reports/<run>.html in the state folder)')
    .option('--no-open', 'do not open it')
    .addHelpText('after', '\nExamples:\n  $ digitloom report\n  $ digitloom report run-20261123-101530-ab12 --out report.html --no-open')
    .action(async (given: string | undefined, options: { out?: string; open: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        const runId = given ?? (await client.latestRun());
        const { report } = await client.recordedResult(runId);
        if (!report) throw new NotFoundError(`Run ${runId} made no report: its section was off. Run it again with --set report.enabled=true.`);
        const file = resolve(options.out ?? join(stateDir, 'reports', `${runId}.html`));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, await client.artifact(report));
        const opens = options.open && !json && isTerminal(process.stdout);
        if (opens) await open(file);
        console.log(json ? JSON.stringify({ runId, file, digest: report.digest }) : file);
      });
    });
}
