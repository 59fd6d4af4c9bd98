import { writeFile } from 'node:fs/promises';
import Table from 'cli-table3';
import type { Command } from 'commander';
import type { DigitloomClient } from '../../client/digitloom-client.js';
import type { SearchChanges, SearchSummary } from '../../client/searches.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { SearchRecord } from '../../shared/search.js';
import { EXIT } from '../exit-codes.js';
import { globalOptions } from '../global-options.js';
import { isTerminal } from '../is-terminal.js';
import { duration } from '../progress/progress-lines.js';
import type { RunOptions } from '../run-options.js';
import { addRunOptions, configOf } from '../run-options.js';
import { presetOfSearch } from '../search/preset-of-search.js';
import { searchLine, shownMetric, shownParams, trialTable } from '../search/search-table.js';
import { drawSearch, tellSearch } from '../search/watch-search.js';
import { useThisBuild } from '../use-this-build.js';
import { withClient } from '../with-client.js';

/** `digitloom search`: looks for hyper-parameters. */
export function registerSearch(program: Command): void {
  const search = program.command('search').description('look for a model\'s hyper-parameters: random, grid or ASHA, as a durable workflow');
  registerStart(search);
  registerResume(search);
  registerLooks(search);
  registerBest(search);
}

function registerStart(search: Command): void {
  addRunOptions(search.command('start'))
    .description('start a search; it goes on without this command')
    .argument('<space>', 'a file that says what to look for (docs/search.schema.json)')
    .option('--id <id>', 'the search\'s id')
    .option('--watch', 'follow it in a live table until it ends; Ctrl-C ends the watching, not the search')
    .addHelpText('after', `
Examples:
  $ digitloom search start xgboost-search.json --watch
  $ digitloom search start xgboost-search.json --preset smoke --set ingest.limit.train=3000

A search chooses by the validation rows; no test row is looked at. Data, features and fits have the keys that a run gives them.`)
    .action(async (file: string, options: RunOptions & { id?: string; watch?: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const settings = await configOf(options);
      const { loadSearch } = await import('../../client/load-search.js'); // a schema validator that not every command needs
      const loaded = await loadSearch(file, settings);
      await useThisBuild(stateDir);
      await withClient(stateDir, async (client) => {
        const source = await client.uploadSource(options.data);
        const searchId = await client.searches.start(loaded, source, options.id);
        await follow(client, searchId, json, options.watch === true);
      });
    });
}

function registerResume(search: Command): void {
  search
    .command('resume')
    .description('go on with a search that was cancelled, failed or ran out of time; or give one that has finished more trials')
    .argument('<id>', 'the search\'s id')
    .option('--trials <n>', 'trials in all')
    .option('--time-budget <time>', 'a new time budget, e.g. 30m; without it the old one begins anew')
    .option('--max-failures <n>', 'more failed trials than this fail the search')
    .option('--window <n>', 'trials at once')
    .option('--watch', 'follow it in a live table until it ends')
    .addHelpText('after', '\nExample:\n  $ digitloom search resume search-20261124-101530-ab12 --trials 60 --watch')
    .action(async (searchId: string, options: { trials?: string; timeBudget?: string; maxFailures?: string; window?: string; watch?: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const { timeBudget } = options;
      const changes: SearchChanges = {
        ...numbered('trials', '--trials', options.trials), ...numbered('maxFailures', '--max-failures', options.maxFailures),
        ...numbered('window', '--window', options.window), ...(timeBudget !== undefined && { timeBudget }),
      };
      await useThisBuild(stateDir);
      await withClient(stateDir, async (client) => {
        await client.searches.resume(searchId, changes);
        await follow(client, searchId, json, options.watch === true);
      });
    });
}

function registerLooks(search: Command): void {
  search
    .command('status')
    .description('show a search\'s trials, the best first')
    .argument('<id>', 'the search\'s id')
    .option('--watch', 'follow it in a live table until it ends')
    .action(async (searchId: string, { watch = false }: { watch?: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, (client) => (watch ? follow(client, searchId, json, true) : show(client, searchId, json)));
    });
  search
    .command('list')
    .description('list the newest searches')
    .option('--limit <n>', 'how many', '20')
    .action(async ({ limit }: { limit: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const { trials: count = 20 } = numbered('trials', '--limit', limit);
      const searches = await withClient(stateDir, (client) => client.searches.list(count));
      if (json) return console.log(JSON.stringify(searches));
      console.log(searches.length > 0 ? listed(searches) : 'No searches yet. Start one with `digitloom search start <space.json>`.');
    });
  search
    .command('cancel')
    .description('cancel a search and wait until its trials have ended; what it knows stays in the store')
    .argument('<id>', 'the search\'s id')
    .action(async (searchId: string, _options: object, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        await client.searches.cancel(searchId);
        const { state } = await client.searches.outcome(searchId);
        console.log(json ? JSON.stringify({ searchId, state }) : `Search ${searchId}: ${state}.`);
        process.exitCode = state === 'cancelled' || state === 'completed' ? EXIT.ok : EXIT.failed;
      });
    });
}

function registerBest(search: Command): void {
  search
    .command('best')
    .description('show what a search found, or save it as settings for a run')
    .argument('<id>', 'the search\'s id')
    .option('--save <file>', 'write it as a pipeline_config.json: the preset and the model with its values')
    .addHelpText('after', '\nExample:\n  $ digitloom search best search-20261124-101530-ab12 --save found.json && digitloom run --config found.json')
    .action(async (searchId: string, { save }: { save?: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const record = await withClient(stateDir, (client) => client.searches.record(searchId));
      const preset = presetOfSearch(record);
      if (save !== undefined) await writeFile(save, `${JSON.stringify(preset, null, 2)}\n`);
      const { best, digest, state } = record;
      if (json) return console.log(JSON.stringify({ searchId, state, digest, best, preset, ...(save !== undefined && { saved: save }) }));
      console.log(`${winner(record)}\nRecord: ${digest}${save === undefined ? '' : `\nSaved:  ${save}, for \`digitloom run --config ${save}\``}`);
    });
}

/** Tells that a search has begun, and where it is wanted follows it to its end. */
async function follow(client: DigitloomClient, searchId: string, json: boolean, watch: boolean): Promise<void> {
  if (!watch) return console.log(json ? JSON.stringify({ searchId }) : `Search ${searchId} runs. Follow it with \`digitloom search status ${searchId} --watch\`.`);
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  say(`Search ${searchId}. Ctrl-C ends the watching, not the search.`);
  const snapshots = client.searches.watch(searchId);
  await (isTerminal(process.stdout) && !json ? drawSearch(snapshots, () => process.stdout.rows) : tellSearch(snapshots, say));
  const outcome = await client.searches.outcome(searchId);
  if (json) console.log(JSON.stringify({ searchId, ...outcome }));
  switch (outcome.state) {
    case 'completed':
      if (!json) say(`${winner(await client.searches.record(searchId))}\nKeep it: digitloom search best ${searchId} --save found.json`);
      return;
    case 'failed':
      process.stderr.write(`Search ${searchId} failed: ${outcome.error.type}: ${outcome.error.message}\n`);
      process.exitCode = outcome.error.type.startsWith('Invalid') ? EXIT.usage : EXIT.failed;
      return;
    case 'cancelled': case 'terminated':
      say(`Search ${searchId} was ${outcome.state}. Go on with: digitloom search resume ${searchId}`);
      process.exitCode = EXIT.cancelled;
  }
}

async function show(client: DigitloomClient, searchId: string, json: boolean): Promise<void> {
  const { state, progress } = await client.searches.status(searchId);
  if (json) return console.log(JSON.stringify({ searchId, state, ...(progress && { progress }) }));
  const lines = progress ? [searchLine(progress), ...(progress.top.length > 0 ? [trialTable(progress.top)] : [])] : [];
  console.log([`Search ${searchId}: ${state}`, ...lines].join('\n'));
}

function winner({ searchId, state, space: { resource }, best, trials }: SearchRecord): string {
  if (!best) return `Search ${searchId} (${state}) has found nothing: no fit has succeeded.`;
  const { trial, params, validationLogLoss = NaN, validationAccuracy = NaN } = best;
  const amount = resource ? `, ${resource.of} ${best.resource}` : '';
  return `Search ${searchId} (${state}): the best of ${trials.length} trials is trial ${trial}: ${shownParams(params)}${amount}\n`
    + `On the validation rows: log-loss ${shownMetric('validationLogLoss', validationLogLoss)}, accuracy ${shownMetric('validationAccuracy', validationAccuracy)}`;
}

function listed(searches: readonly SearchSummary[]): string {
  const table = new Table({ head: ['search', 'state', 'strategy', 'model', 'trials', 'best log-loss', 'started', 'took'], style: { head: [], border: [] } });
  for (const { searchId, state, strategy = '', model = '', headline, startedAt, endedAt } of searches) {
    const took = endedAt ? duration((endedAt.getTime() - startedAt.getTime()) / 1_000) : '';
    const loss = headline?.best?.validationLogLoss;
    table.push([searchId, headline && headline.state !== 'finished' ? headline.state : state, strategy, model, headline?.trials ?? '', loss === undefined ? '' : shownMetric('validationLogLoss', loss), startedAt.toISOString().slice(0, 19).replace('T', ' '), took]);
  }
  return table.toString();
}

function numbered(name: 'trials' | 'maxFailures' | 'window', option: string, text: string | undefined): SearchChanges {
  if (text === undefined) return {};
  const value = Number(text);
  if (!Number.isInteger(value) || value < (name === 'maxFailures' ? 0 : 1)) throw new InvalidConfigError(`${option} ${text}: expected a whole number${name === 'maxFailures' ? '' : ' above 0'}.`);
  return { [name]: value };
}
