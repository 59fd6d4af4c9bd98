import type { RunSnapshot } from '../../client/watch-run.js';
import type { StageProgress } from '../../shared/run.js';
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
    const stage = progress?.stages.find(({ state }) => state === 'running');
    if (stage && now() - spokeAt >= QUIET_MS) {
      const models = stage.name === 'train' ? (progress?.models ?? []) : [];
      const waiting = models.filter(({ state }) => state === 'waiting').length;
      say([stageLine(stage), ...models.filter(({ state }) => state === 'running').map(modelLine), ...(waiting > 0 ? [`${waiting} waiting`] : [])].join('; '));
    }
  }
}

function isNews({ state }: StageProgress): boolean {
  return state !== 'waiting' && state !== 'skipped';
}
