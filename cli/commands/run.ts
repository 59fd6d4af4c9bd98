import type { Command } from 'commander';
import { globalOptions } from '../global-options.js';
import type { RunOptions } from '../run-options.js';
import { addRunOptions, configOf } from '../run-options.js';
import { runPipeline } from '../run-pipeline.js';
import { untilInterrupted } from '../until-interrupted.js';
import { useThisBuild } from '../use-this-build.js';
import { withClient } from '../with-client.js';

/** `digitloom run`: one run on the running stack. */
export function registerRun(program: Command): void {
  addRunOptions(program.command('run'))
    .description('run the pipeline on the running stack; Ctrl-C cancels the run')
    .option('--results <folder>', 'where the results file goes', 'results')
    .addHelpText('after', `
Examples:
  $ digitloom run --preset smoke
  $ digitloom run --data photos/ --set train.models.cnn.params.epochs=12
  $ digitloom run --sections ingest,features,train --json

A run reuses every step whose key did not change: a second identical run ends in seconds.`)
    .action(async (options: RunOptions & { results: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const config = await configOf(options);
      const { signal, release } = untilInterrupted();
      try {
        await useThisBuild(stateDir);
        process.exitCode = await withClient(stateDir, (client) =>
          runPipeline(client, { config, data: options.data, json, resultsDir: options.results, signal, provisioningSeconds: process.uptime() }));
      } finally {
        release();
      }
    });
}
