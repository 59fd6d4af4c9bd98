import type { Command } from 'commander';
import { DEFAULT_STATE_DIR } from '../../infra/stack/default-state-dir.js';
import { endLeftovers } from '../../infra/stack/end-leftovers.js';

/** The supervisor lets workers finish what they can commit first. */
const GRACE_MS = 30_000;

/** `digitloom down`: ends what the state file names, and nothing else. */
export function registerDown(program: Command): void {
  program
    .command('down')
    .description('end the local stack; its data stay')
    .addHelpText('after', '\nExample:\n  $ digitloom down')
    .action(async (_options: object, command: Command) => {
      const { json, stateDir = DEFAULT_STATE_DIR } = command.optsWithGlobals<{ json?: boolean; stateDir?: string }>();
      const ended = await endLeftovers(stateDir, GRACE_MS);
      if (json) console.log(JSON.stringify({ running: false, ended: ended ?? [] }));
      else console.log(ended ? `Ended: ${ended.join(', ') || 'the supervisor'}.` : `No stack runs in ${stateDir}.`);
    });
}
