import type { Command } from 'commander';
import { globalOptions } from '../global-options.js';
import { withClient } from '../with-client.js';

/** `digitloom explain-cache <run> <step>`. */
export function registerExplainCache(program: Command): void {
  program
    .command('explain-cache')
    .description('say which part of a step\'s key differed, so that it was computed anew')
    .argument('<run>', 'the run\'s id')
    .argument('<step>', 'the step, e.g. fit-cnn, extract-features, or a label such as cnn')
    .option('--against <run>', 'compare with this run (default: the nearest other step in the store)')
    .addHelpText('after', '\nExamples:\n  $ digitloom explain-cache run-20261123-101530-ab12 fit-xgboost\n  $ digitloom explain-cache run-b fit-cnn --against run-a')
    .action(async (runId: string, step: string, { against }: { against?: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      const explanations = await withClient(stateDir, (client) => client.explainCache(runId, step, against));
      if (json) return console.log(JSON.stringify(explanations));
      for (const { step: name, label, key, comparedWith, differences } of explanations) {
        const other = comparedWith ? `compared with ${comparedWith.key.slice(0, 12)} of ${comparedWith.computedAt}` : 'the only one of its name';
        const why = comparedWith && differences.length === 0 ? ['nothing differs'] : differences;
        console.log([`${name} (${label}) ${key.slice(0, 12)}, ${other}`, ...why.map((line) => `  ${line}`)].join('\n'));
      }
    });
}
