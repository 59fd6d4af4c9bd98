import { join } from 'node:path';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { modelCurves } from '../../activities/model-curves.js';
import type { ModelCurves } from '../../activities/model-curves.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { globalOptions } from '../global-options.js';
import { withClient } from '../with-client.js';

/** `digitloom curves [run]`: losses, accuracies and learning rates while a run's models were trained. */
export function registerCurves(program: Command): void {
  program
    .command('curves')
    .description('show how losses, accuracies and learning rates went while a run\'s models were trained')
    .argument('[run]', 'the run\'s id (default: the newest finished run)')
    .option('--of <names>', 'only those of these models, separated by commas, e.g. cnn,xgboost', (list) => list.split(',').map((name) => name.trim()))
    .option('--tensorboard <folder>', 'write them for TensorBoard into <folder>/<run>/<model>')
    .addHelpText('after', '\nExamples:\n  $ digitloom curves\n  $ digitloom curves --of cnn --json\n  $ digitloom curves --tensorboard curves && tensorboard --logdir curves')
    .action(async (given: string | undefined, { of, tensorboard }: { of?: string[]; tensorboard?: string }, command: Command) => {
      const { json, stateDir } = globalOptions(command);
      await withClient(stateDir, async (client) => {
        const runId = given ?? (await client.latestRun());
        const all = modelCurves(await client.fits(runId));
        const unknown = of?.find((name) => !all.some(({ model }) => model === name));
        if (unknown !== undefined) throw new InvalidConfigError(`--of ${unknown}: run ${runId} has no curves of that model; expected some of ${all.map(({ model }) => model).join(', ') || 'none'}.`);
        const curves = of ? all.filter(({ model }) => of.includes(model)) : all;
        const files = tensorboard === undefined ? undefined : await writeEvents(join(tensorboard, runId), curves);
        if (json) return console.log(JSON.stringify({ runId, curves, ...(files && { files }) }));
        const table = new Table({ head: ['model', 'curve', 'by', 'steps', 'first', 'last', 'kept'], colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'right'], style: { head: [], border: [] } });
        for (const { model, unit, best, series } of curves) {
          for (const { name, points } of series) table.push([model, name, unit, points.at(-1)?.x ?? '', points[0]?.y ?? '', points.at(-1)?.y ?? '', best ?? '']);
        }
        console.log(`Run ${runId}\n${table.toString()}`);
        if (files) console.log(`Saved ${files.length} event files in ${tensorboard}`);
      });
    });
}

async function writeEvents(folder: string, curves: readonly ModelCurves[]): Promise<string[]> {
  const { writeTensorboard } = await import('../../activities/write-tensorboard.js'); // not loaded by the other verbs
  return writeTensorboard(folder, curves);
}
