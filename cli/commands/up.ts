import type { Command } from 'commander';
import { DEFAULT_STATE_DIR } from '../../infra/stack/default-state-dir.js';
import { foreignServers } from '../../infra/stack/resolve-addresses.js';
import type { StackAddresses } from '../../infra/stack/stack-addresses.js';
import { runningStack, startDetached } from '../../infra/stack/start-detached.js';
import { useThisBuild } from '../use-this-build.js';

/** `digitloom up`: the local stack under a detached supervisor. */
export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start Temporal, an S3 server and the workers in the background; what runs already is kept')
    .option('--no-workers', 'servers only')
    .addHelpText('after', '\nExamples:\n  $ digitloom up\n  $ digitloom up --no-workers --state-dir /tmp/stack\n\nWith TEMPORAL_ADDRESS and AWS_ENDPOINT_URL_S3 set, those servers are used and nothing is started.')
    .action(async (_options: object, command: Command) => {
      const { json, stateDir = DEFAULT_STATE_DIR, workers } = command.optsWithGlobals<{ json?: boolean; stateDir?: string; workers: boolean }>();
      const foreign = foreignServers(process.env);
      const already = runningStack(stateDir) !== undefined;
      if (already) await useThisBuild(stateDir);
      const addresses = foreign.temporal && foreign.s3 ? await probe(stateDir) : (await startDetached(stateDir, workers)).addresses;
      if (json) console.log(JSON.stringify({ running: true, already, addresses: publicAddresses(addresses), stateDir }));
      else console.log(describe(addresses, already, stateDir));
    });
}

/** Both servers are the user's: makes sure that they answer and know our names; starts nothing. */
async function probe(stateDir: string): Promise<StackAddresses> {
  const { startStack } = await import('../../infra/stack/start-stack.js'); // not loaded by the other verbs
  const stack = await startStack({ stateDir, workers: false });
  await stack.stop();
  return stack.addresses;
}

function publicAddresses({ secretAccessKey: _secret, ...rest }: StackAddresses): Omit<StackAddresses, 'secretAccessKey'> {
  return rest;
}

function describe({ temporal, temporalUi, s3, bucket }: StackAddresses, already: boolean, stateDir: string): string {
  return [
    already ? 'The stack was already running.' : 'The stack is up.',
    `  Temporal   ${temporal}`,
    ...(temporalUi === undefined ? [] : [`  Web UI     ${temporalUi}`]),
    `  S3         ${s3 ?? 'AWS'}, bucket ${bucket}`,
    `  State      ${stateDir} (logs in logs/, credentials in stack.json)`,
    'End it with `digitloom down`.',
  ].join('\n');
}
