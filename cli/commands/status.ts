import Table from 'cli-table3';
import type { Command } from 'commander';
import type { RunSummary } from '../../client/list-runs.js';
import type { RunSnapshot } from '../../client/watch-run.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { EXIT } from '../exit-codes.js';
import { globalOptions } from '../global-options.js';
import { duration, modelLines, stageLine } from '../progress/progress-lines.js';
import { showPlain } from '../progress/show-plain.js';
import { withClient } from '../with-client.js';

/** `digitloom status [run]`: the newest runs, or one run's stages and models. */
export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('list the newest runs, or show one run\'s stages and models')
    .argument('[run]', 'a run\'s id')
    .option('--limit <n>', 'how many runs to list', '20')
    .option('--watch', 'follow the run until it ends')
    .addHelpText('after', '\nExamples:\n  $ digitloom status\n  $ digitloom status run-20261123-101530-ab12 --watch')
    .action(async (runId: string | undefined, { limit, watch = false }: { limit: string; watch?: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const count = Number(limit);
      if (!Number.isInteger(count) || count < 1) throw new InvalidConfigError(`--limit ${limit}: expected a whole number above 0.`);
      const print = (value: unknown, text: string): void => console.log(json ? JSON.stringify(value) : text);
      await withClient(stateDir, async (client) => {
        if (runId === undefined) {
          const runs = await client.listRuns(count);
          return print(runs, runs.length > 0 ? listed(runs) : 'No runs yet. Start one with `digitloom run`.');
        }
        if (watch && !json) await showPlain(client.watchRun(runId), (line) => console.log(line));
        const snapshot = await client.status(runId);
        print(snapshot, described(snapshot));
        if (snapshot.state === 'cancelled' || snapshot.state === 'terminated') process.exitCode = EXIT.cancelled;
        else if (snapshot.state !== 'running' && snapshot.state !== 'completed') process.exitCode = EXIT.failed;
      });
    });
}

function listed(runs: readonly RunSummary[]): string {
  const table = new Table({ head: ['run', 'state', 'preset', 'stage', 'best accuracy', 'started', 'took'], style: { head: [], border: [] } });
  for (const { runId, state, preset = '', stage = '', bestAccuracy, startedAt, endedAt } of runs) {
    const took = endedAt ? duration((endedAt.getTime() - startedAt.getTime()) / 1_000) : '';
    const best = bestAccuracy === undefined ? '' : `${(100 * bestAccuracy).toFixed(2)} %`;
    table.push([runId, state, preset, stage, best, startedAt.toISOString().slice(0, 19).replace('T', ' '), took]);
  }
  return table.toString();
}

function described({ runId, state, progress, retries }: RunSnapshot): string {
  const stages = (progress?.stages ?? []).map((stage) => `  ${stage.state.padEnd(8)} ${stageLine(stage)}`);
  const models = modelLines(progress?.models ?? []).map((line) => `  ${line}`);
  const tried = retries.map(({ activity, attempt, lastFailure }) => `  ${activity}: attempt ${attempt} after ${lastFailure}`);
  return [`Run ${runId}: ${state}`, ...stages, ...(models.length > 0 ? ['Models'] : []), ...models, ...(tried.length > 0 ? ['Repeated'] : []), ...tried].join('\n');
}
