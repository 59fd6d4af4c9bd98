import { Listr } from 'listr2';
import type { SearchSnapshot } from '../../client/searches.js';
import { duration } from '../progress/progress-lines.js';
import { searchLine, trialTable } from './search-table.js';

const QUIET_MS = 10_000;
/** Lines of the terminal that are not the table's rows. */
const FRAME = 8;

/** Draws a search in a terminal until it ends: a line on the whole, beneath it the live table of its best trials. */
export async function drawSearch(snapshots: AsyncIterable<SearchSnapshot>, terminalRows: () => number): Promise<void> {
  const drawing = new Listr<object>([{
    title: 'search',
    task: async (_: object, task): Promise<void> => {
      for await (const { progress } of snapshots) {
        if (!progress) continue;
        task.title = searchLine(progress);
        if (progress.top.length > 0) task.output = trialTable(progress.top, Math.max(3, terminalRows() - FRAME));
      }
    },
    rendererOptions: { outputBar: true, persistentOutput: true },
  }], { registerSignalListeners: false });
  await drawing.run();
}

/** Tells of a search line by line: each change of what was fitted, at most every half second, and a sign of life every ten. */
export async function tellSearch(snapshots: AsyncIterable<SearchSnapshot>, write: (line: string) => void, now: () => number = Date.now): Promise<void> {
  const began = now();
  let told = '';
  let spokeAt = began;
  for await (const { progress } of snapshots) {
    if (!progress) continue;
    const { counts, stages, state } = progress;
    const news = JSON.stringify([counts.trials, counts.fits, state, stages.find((stage) => stage.state === 'running')?.name]);
    if (news === told && now() - spokeAt < QUIET_MS) continue;
    told = news;
    spokeAt = now();
    write(`[${duration((spokeAt - began) / 1_000)}] ${searchLine(progress)}`);
  }
}
