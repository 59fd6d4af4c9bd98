import { EventEmitter, once } from 'node:events';
import type { ListrTaskWrapper, DefaultRenderer, SimpleRenderer } from 'listr2';
import { Listr } from 'listr2';
import type { RunSnapshot } from '../../client/watch-run.js';
import type { SectionName } from '../../shared/config.js';
import type { StageProgress } from '../../shared/run.js';
import { duration, modelLines, secondsLeft, stageLine } from './progress-lines.js';

/** Draws a run's progress in a terminal: a line per stage, beneath each that runs its models, its retries and the time left. */
export async function showLive(snapshots: AsyncIterable<RunSnapshot>, sections: readonly SectionName[]): Promise<void> {
  const news = new EventEmitter().setMaxListeners(0);
  const seenAt = new Map<string, number>();
  let latest: RunSnapshot | undefined;
  let ended = false;
  const pump = (async (): Promise<void> => {
    try {
      for await (const snapshot of snapshots) {
        latest = snapshot;
        news.emit('look');
      }
    } finally {
      ended = true;
      news.emit('look');
    }
  })();

  const follow = async (name: SectionName, task: ListrTaskWrapper<object, typeof DefaultRenderer, typeof SimpleRenderer>): Promise<void> => {
    for (;;) {
      const stage = latest?.progress?.stages.find((one) => one.name === name);
      if (stage) task.title = stageLine(stage);
      if (stage?.state === 'running') task.output = beneath(latest as RunSnapshot, stage, seenAt);
      if (stage?.state === 'done') return;
      if (stage?.state === 'failed' || stage?.state === 'cancelled') throw new Error(stageLine(stage));
      if (ended) return task.skip();
      await once(news, 'look');
    }
  };
  const tasks = sections.map((name) => ({ title: name, task: (_: object, task: ListrTaskWrapper<object, typeof DefaultRenderer, typeof SimpleRenderer>) => follow(name, task), rendererOptions: { outputBar: 1 } })); // the newest text, however many lines it has
  const drawing = new Listr<object>(tasks, { concurrent: true, exitOnError: true, registerSignalListeners: false, rendererOptions: { collapseErrors: true, showErrorMessage: false } }).run();
  // A failed stage ends the drawing; what failed is told by the run's outcome.
  await Promise.allSettled([drawing]);
  await pump;
}

function beneath(snapshot: RunSnapshot, stage: StageProgress, seenAt: Map<string, number>): string {
  const { progress, retries } = snapshot;
  if (!progress) return '';
  if (!seenAt.has(stage.name)) seenAt.set(stage.name, Date.now());
  const left = secondsLeft(stage, progress.models, (Date.now() - (seenAt.get(stage.name) ?? Date.now())) / 1_000);
  const models = stage.name === 'train' ? modelLines(progress.models) : [];
  const first = progress.stages.find(({ state }) => state === 'running')?.name === stage.name; // repeated steps are not told apart by stage
  const tried = (first ? retries : []).map(({ activity, attempt, lastFailure }) => `${activity}: attempt ${attempt} after ${lastFailure}`);
  return [...models, ...tried, ...(left === undefined ? [] : [`about ${duration(Math.round(left))} left`])].join('\n');
}
