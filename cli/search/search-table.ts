import Table from 'cli-table3';
import pc from 'picocolors';
import type { JsonObject } from '../../shared/json.js';
import type { SearchProgress, TrialProgress } from '../../shared/search.js';
import { duration, stageLine } from '../progress/progress-lines.js';

const PAINT = { running: pc.cyan, waiting: pc.dim, done: pc.green, stopped: pc.dim, failed: pc.red } as const;

/** One line on how far a search has come: `asha search of xgboost: 12/30 trials, 14 fits (2 from the store), best 0.0712 by trial 7`. */
export function searchLine({ strategy, model, planned, counts, seconds, timeBudget, top, metric, stages, state }: SearchProgress): string {
  const preparing = stages.find((stage) => stage.state === 'running');
  if (preparing) return `${strategy} search of ${model}: ${stageLine(preparing)}`;
  const [best] = top;
  const figure = best?.[metric];
  const parts = [
    `${counts.trials}/${planned} trials`,
    `${counts.fits} fits${counts.cached > 0 ? ` (${counts.cached} from the store)` : ''}`,
    ...(counts.running > 0 ? [`${counts.running} running`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(best && figure !== undefined && best.state !== 'failed' ? [`best ${shownMetric(metric, figure)} by trial ${best.trial}`] : []),
    `${duration(Math.round(seconds))}${timeBudget === undefined ? '' : ` of at most ${timeBudget}`}`,
    ...(state === 'running' ? [] : [state]),
  ];
  return `${strategy} search of ${model}: ${parts.join(', ')}`;
}

/** The trials of a search's live table. */
export function trialTable(top: readonly TrialProgress[], rows: number = top.length): string {
  const resource = top.some((trial) => trial.resource !== undefined);
  const table = new Table({
    head: ['trial', 'state', ...(resource ? ['resource'] : []), 'log-loss', 'accuracy', 'seconds', 'values'].map((text) => pc.bold(text)),
    colAligns: ['right', 'left', ...(resource ? ['right' as const] : []), 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const trial of top.slice(0, rows)) {
    table.push([
      trial.trial, PAINT[trial.state](trial.state), ...(resource ? [trial.resource ?? ''] : []),
      trial.validationLogLoss?.toFixed(4) ?? '', trial.validationAccuracy === undefined ? '' : `${(100 * trial.validationAccuracy).toFixed(2)} %`,
      trial.seconds?.toFixed(1) ?? '', trial.note && trial.state === 'failed' ? trial.note.slice(0, 60) : shownParams(trial.params),
    ]);
  }
  return table.toString();
}

/** Values for people: `maxDepth 5, learningRate 0.21`. */
export function shownParams(params: JsonObject): string {
  return Object.entries(params).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ').slice(0, 80);
}

/** A figure of a metric for people. */
export function shownMetric(metric: SearchProgress['metric'], value: number): string {
  return metric === 'validationAccuracy' ? `${(100 * value).toFixed(2)} %` : value.toFixed(4);
}
