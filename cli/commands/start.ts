import { once } from 'node:events';
import type { Command } from 'commander';
import ora from 'ora';
import type { Stack } from '../../infra/stack/stack.js';
import { globalOptions } from '../global-options.js';
import { isTerminal } from '../is-terminal.js';
import type { RunOptions } from '../run-options.js';
import { addRunOptions, configOf } from '../run-options.js';
import { runPipeline } from '../run-pipeline.js';
import { untilInterrupted } from '../until-interrupted.js';
import { useThisBuild } from '../use-this-build.js';
import { withClient } from '../with-client.js';

/** `digitloom start` (`npm start`): the main job. Brings up the stack unless it runs, and runs the pipeline on it. */
export function registerStart(program: Command): void {
  addRunOptions(program.command('start'))
    .description('the main job: bring up the stack unless it runs already, and run the pipeline on it')
    .option('--results <folder>', 'where the results file goes', 'results')
    .option('--exit', 'end after the run, as without a terminal; else the stack stays up until Ctrl-C')
    .addHelpText('after', `
Examples:
  $ npm start
  $ npm start -- --preset smoke --exit
  $ digitloom start --preset full --json

Ctrl-C cancels the run and ends what this command started, and nothing else.`)
    .action(async (options: RunOptions & { results: string; exit?: boolean }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const config = await configOf(options);
      const interruption = untilInterrupted();
      const stack = await bringUp(stateDir, json);
      try {
        process.exitCode = await withClient(stateDir, (client) => runPipeline(client, {
          config, data: options.data, json, resultsDir: options.results, signal: interruption.signal, provisioningSeconds: process.uptime(),
        }), stack.addresses);
        const staysUp = isTerminal(process.stdout) && !json && !options.exit && !stack.reused && !interruption.signal.aborted;
        if (staysUp) await lookAround(stack, interruption.signal);
      } finally {
        await stack.stop();
        interruption.release();
      }
    });
}

async function bringUp(stateDir: string, json: boolean): Promise<Stack> {
  const spinner = ora({ text: 'Starting the stack', stream: process.stderr, isSilent: json, isEnabled: isTerminal(process.stderr) });
  spinner.start();
  try {
    const { startStack } = await import('../../infra/stack/start-stack.js'); // not loaded by the other verbs
    const stack = await startStack({ stateDir, log: (line) => (spinner.text = line) });
    if (stack.reused) await useThisBuild(stateDir, (line) => spinner.info(line));
    const { temporal, temporalUi, s3 } = stack.addresses;
    spinner.succeed(`${stack.reused ? 'Using the stack that runs' : 'The stack is up'}: Temporal ${temporal}, S3 ${s3 ?? 'AWS'}${temporalUi === undefined ? '' : `, Web UI ${temporalUi}`}`);
    return stack;
  } catch (error) {
    spinner.fail('The stack did not come up.');
    throw error;
  }
}

async function lookAround({ addresses }: Stack, signal: AbortSignal): Promise<void> {
  process.stdout.write(`The stack stays up${addresses.temporalUi === undefined ? '' : ` (Web UI: ${addresses.temporalUi})`}. Ctrl-C ends it.\n`);
  await once(signal, 'abort');
}
