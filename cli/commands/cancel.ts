import type { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { globalOptions } from '../global-options.js';
import { withClient } from '../with-client.js';

/** `digitloom cancel <run>`. */
export function registerCancel(program: Command): void {
  program
    .command('cancel')
    .description('cancel a run and wait until its processes have ended; what it computed stays in the store')
    .argument('<run>', 'the run\'s id')
    .addHelpText('after', '\nExample:\n  $ digitloom cancel run-20261123-101530-ab12')
    .action(async (runId: string, _options: object, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        await client.cancelRun(runId);
        const { state } = await client.outcome(runId);
        console.log(json ? JSON.stringify({ runId, state }) : `Run ${runId}: ${state}.`);
        // It may have finished before the wish arrived.
        process.exitCode = state === 'cancelled' || state === 'completed' ? EXIT.ok : EXIT.failed;
      });
    });
}
