import prettyBytes from 'pretty-bytes';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { ModelResult, RunResult } from '../shared/run.js';

/** The models of several runs that differ in their seed alone, as a Markdown table of means and standard deviations; the first run has them all. */
export function resultsTable(runs: readonly RunResult[]): string {
  const names = runs[0]?.models.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const theirs = runs.flatMap(({ models }) => models.filter((model) => model.name === name));
    const of = (figure: (model: ModelResult) => number): number[] => theirs.map(figure);
    const spread = (values: number[], digits: number): string =>
      `${mean(values).toFixed(digits)}${values.length > 1 ? ` ± ${sampleStandardDeviation(values).toFixed(digits)}` : ''}`;
    const latency = (figure: 'p50Ms' | 'p99Ms'): string => (theirs.every((model) => model.latency) ? `${spread(of(({ latency }) => latency?.[figure] ?? Number.NaN), 2)} ms` : '-');
    return [
      theirs.length < runs.length ? `${name} (${theirs.length} of ${runs.length} seeds)` : name,
      `${spread(of(({ testAccuracy }) => 100 * testAccuracy), 2)} %`,
      spread(of(({ logLoss }) => logLoss), 4),
      latency('p50Ms'),
      latency('p99Ms'),
      prettyBytes(Math.round(mean(of(({ bytes }) => bytes)))),
      Math.round(mean(of(({ parameters }) => parameters))).toLocaleString('en'),
      `${spread(of(({ trainingSeconds }) => trainingSeconds), 0)} s`,
    ];
  });
  const header = ['model', 'test accuracy', 'log-loss', 'one image, p50', 'p99', 'size', 'parameters', 'training'];
  const whole = runs.map(({ seconds }) => seconds);
  const lines = [header, header.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n\nThe whole run, from an empty store: ${mean(whole).toFixed(0)} s (${Math.min(...whole).toFixed(0)} to ${Math.max(...whole).toFixed(0)}).`;
}
