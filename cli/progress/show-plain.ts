import type { RunSnapshot } from '../../client/watch-run.js';
import type { ModelProgress, StageProgress } from '../../shared/run.js';
import { duration, modelLine, stageLine } from './progress-lines.js';

const QUIET_MS = 10_000;

/** Tells a run's progress line by line: each change of a stage, each repeated step, and a sign of life every ten seconds. */
export async function showPlain(snapshots: AsyncIterable<RunSnapshot>, write: (line: string) => void, now: () => number = Date.now): Promise<void> {
  const began = now();
  const states = new Map<string, string>();
  const retried = new Set<string>();
  let spokeAt = began;
  const say = (text: string): void => {
    spokeAt = now();
    write(`[${duration((now() - began) / 1_000)}] ${text}`);
  };

  for await (const { progress, retries } of snapshots) {
    for (const stage of progress?.stages ?? []) {
      if (states.get(stage.name) !== stage.state && isNews(stage)) say(`${stageLine(stage)} ${stage.state}`);
      states.set(stage.name, stage.state);
    }
    for (const { activity, attempt, lastFailure } of retries) {
      const text = `${activity}: attempt ${attempt} after ${lastFailure}`;
      if (!retried.has(text)) say(text);
      retried.add(text);
    }
    const running = progress?.stages.filter(({ state }) => state === 'running') ?? [];
    if (running.length > 0 && now() - spokeAt >= QUIET_MS) say(running.flatMap((stage) => [stageLine(stage), ...modelsOf(stage, progress?.models ?? [])]).join('; '));
  }
}

/** What a sign of life says of the models: those at work, and how many wait. */
function modelsOf({ name }: StageProgress, models: readonly ModelProgress[]): string[] {
  if (name !== 'train') return [];
  const waiting = models.filter(({ state }) => state === 'waiting').length;
  return [...models.filter(({ state }) => state === 'running').map(modelLine), ...(waiting > 0 ? [`${waiting} waiting`] : [])];
}

function isNews({ state }: StageProgress): boolean {
  return state !== 'waiting' && state !== 'skipped';
}
