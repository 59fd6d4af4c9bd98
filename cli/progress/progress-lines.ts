import prettyMilliseconds from 'pretty-ms';
import { metricWords } from '../../shared/metric-words.js';
import type { ModelProgress, StageProgress } from '../../shared/run.js';

/** A stage in a few words: `features 3/8 (2 cached)`. */
export function stageLine({ name, state, done, total, cached, seconds }: StageProgress): string {
  const steps = total > 1 ? ` ${done}/${total}` : '';
  const stored = cached > 0 ? ` (${cached === done && state === 'done' ? 'all' : cached} cached)` : '';
  const time = state === 'done' ? ` ${duration(seconds)}` : '';
  return `${name}${steps}${stored}${time}`;
}

/** A model in a few words: `cnn 50 % epoch 4/8, loss 0.04`. */
export function modelLine({ name, state, fraction, note, metrics }: ModelProgress): string {
  const share = state === 'running' ? `${Math.round(fraction * 100)} %` : state;
  return [`${name} ${share}`, ...[note, ...metricWords(metrics)].filter((text) => text !== '')].join(', ');
}

/** Models in lines: one for each that is at work or has failed, then one that names those that wait and one for those that are done. */
export function modelLines(models: readonly ModelProgress[]): string[] {
  const named = (wanted: ModelProgress['state']): string[] => models.flatMap(({ name, state }) => (state === wanted ? [name] : []));
  const [waiting, done] = [named('waiting'), named('done')];
  return [
    ...models.filter(({ state }) => state !== 'waiting' && state !== 'done').map(modelLine),
    ...(waiting.length > 0 ? [`${waiting.length} waiting: ${waiting.join(', ')}`] : []),
    ...(done.length > 0 ? [`${done.length} done: ${done.join(', ')}`] : []),
  ];
}

/** Seconds for people. */
export function duration(seconds: number): string {
  return prettyMilliseconds(Math.max(0, seconds) * 1_000, { keepDecimalsOnWholeSeconds: true });
}

/**
 * Seconds until a stage ends that has run for `elapsed` seconds, at the pace so far; undefined while too little is done to say.
 * A training's pace is that of its slowest model, or of all together where some still wait for their turn.
 */
export function secondsLeft({ name, done, total }: StageProgress, models: readonly ModelProgress[], elapsed: number): number | undefined {
  const share = name === 'train' && models.length > 0 ? trained(models) : done / Math.max(1, total);
  return share < 0.05 || elapsed < 1 ? undefined : (elapsed / share) * (1 - share);
}

function trained(models: readonly ModelProgress[]): number {
  const shares = models.map(({ state, fraction }) => (state === 'done' ? 1 : state === 'waiting' ? 0 : fraction));
  if (models.some(({ state }) => state === 'waiting')) return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.min(...shares);
}
