import Table from 'cli-table3';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { OverlapPolicy } from '../../client/overlap-policies.js';
import { OVERLAP_POLICIES } from '../../client/overlap-policies.js';
import type { NewSchedule } from '../../client/schedules.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import type { RunOptions } from '../run-options.js';
import { addRunOptions, configOf } from '../run-options.js';
import { withClient } from '../with-client.js';

interface CreateOptions extends RunOptions {
  readonly cron?: string;
  readonly every?: string;
  readonly overlap: OverlapPolicy;
  readonly catchUp: string;
  readonly pauseOnFailure: boolean;
  readonly paused?: boolean;
}

/** `digitloom schedule`: runs at set times. */
export function registerSchedule(program: Command): void {
  const schedule = program.command('schedule').description('run the pipeline at set times; steps whose keys did not change are reused');
  registerCreate(schedule);
  schedule
    .command('list')
    .description('list the schedules')
    .action(async (_options: object, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const schedules = await withClient(stateDir, (client) => client.listSchedules());
      if (json) return console.log(JSON.stringify(schedules));
      const table = new Table({ head: ['schedule', 'state', 'preset', 'overlap', 'catch-up', 'runs', 'last run', 'next'], style: { head: [], border: [] } });
      for (const { id, paused, note, preset, overlap, catchUpWindowSeconds, runs, lastRunId = '', nextAt } of schedules) {
        table.push([id, paused ? `paused${note === undefined ? '' : ` (${note})`}` : 'active', preset, overlap, `${catchUpWindowSeconds} s`, runs, lastRunId, nextAt?.toISOString() ?? '']);
      }
      console.log(schedules.length > 0 ? table.toString() : 'No schedules. Create one with `digitloom schedule create`.');
    });
  const changes = { pause: 'take no further runs until it is resumed', resume: 'take runs again', trigger: 'run it now', delete: 'delete it; its runs stay' } as const;
  for (const [verb, description] of Object.entries(changes) as [keyof typeof changes, string][]) {
    schedule
      .command(verb)
      .description(description)
      .argument('<id>', 'the schedule\'s id')
      .action(async (id: string, _options: object, command: Command) => {
        const { json, stateDir } = globalOptions(command);
        await withClient(stateDir, (client) => client.changeSchedule(id, verb));
        console.log(json ? JSON.stringify({ id, done: verb }) : `Schedule ${id}: ${verb} done.`);
      });
  }
}

function registerCreate(schedule: Command): void {
  addRunOptions(schedule.command('create'))
    .description('create a schedule')
    .argument('<id>', 'its id; the runs are named <id>-<time>')
    .option('--cron <expression>', 'when, as a cron expression in UTC')
    .option('--every <interval>', 'or at this interval, e.g. 12h')
    .addOption(new Option('--overlap <policy>', 'when a run is due while the one before still runs').choices(OVERLAP_POLICIES).default('SKIP'))
    .option('--catch-up <window>', 'make up for runs missed while Temporal was away, when no later than this', '1h')
    .option('--no-pause-on-failure', 'go on after a failed run')
    .option('--paused', 'create it paused')
    .addHelpText('after', `
Examples:
  $ digitloom schedule create nightly --cron "0 3 * * *"
  $ digitloom schedule create often --every 12h --preset smoke --overlap BUFFER_ONE --catch-up 30m`)
    .action(async (id: string, options: CreateOptions, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const { overlap, catchUp: catchUpWindow, pauseOnFailure, paused = false } = options;
      const when = whenOf(options);
      const config = await configOf(options);
      await withClient(stateDir, async (client) => {
        const source = await client.uploadSource(options.data);
        await client.createSchedule({ id, config, source, when, overlap, catchUpWindow, pauseOnFailure, paused });
      });
      console.log(json ? JSON.stringify({ id, created: true }) : `Schedule ${id} created.`);
    });
}

function whenOf({ cron, every }: CreateOptions): NewSchedule['when'] {
  if ((cron === undefined) === (every === undefined)) {
    throw new InvalidConfigError('A schedule needs either --cron or --every, e.g. --cron "0 3 * * *" or --every 12h.');
  }
  return cron === undefined ? { every: every ?? '' } : { cron };
}
