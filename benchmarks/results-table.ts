import prettyBytes from 'pretty-bytes';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { ModelResult, RunResult } from '../shared/run.js';

/** The models of several runs that differ in their seed alone, as a Markdown table of means and standard deviations. */
export function resultsTable(runs: readonly RunResult[]): string {
  const names = runs[0]?.models.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const of = (figure: (model: ModelResult) => number): number[] => runs.map(({ models }) => figure(modelOf(models, name)));
    const spread = (values: number[], digits: number): string =>
      `${mean(values).toFixed(digits)}${values.length > 1 ? ` ± ${sampleStandardDeviation(values).toFixed(digits)}` : ''}`;
    const latency = (figure: 'p50Ms' | 'p99Ms' | 'imagesPerSecond', digits: number): string =>
      spread(of(({ latency }) => latency?.[figure] ?? Number.NaN), digits);
    return [
      name,
      `${spread(of(({ testAccuracy }) => 100 * testAccuracy), 2)} %`,
      spread(of(({ logLoss }) => logLoss), 4),
      `${latency('p50Ms', 2)} ms`,
      `${latency('p99Ms', 2)} ms`,
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

function modelOf(models: readonly ModelResult[], name: string): ModelResult {
  const found = models.find((model) => model.name === name);
  if (!found) throw new Error(`A run has no model ${name}; it has ${models.map((model) => model.name).join(', ')}.`);
  return found;
}
