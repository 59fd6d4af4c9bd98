import Table from 'cli-table3';
import pc from 'picocolors';
import prettyBytes from 'pretty-bytes';
import { ENSEMBLE } from '../../shared/ensemble-methods.js';
import { isFurtherSeed } from '../../shared/model-fits.js';
import type { RunExport } from '../../shared/exports.js';
import type { RunResult } from '../../shared/run.js';
import { duration } from '../progress/progress-lines.js';

const STYLE = { head: [], border: [] };

/** The result of a run as two tables: its models and its stages. */
export function resultTable({ models, stages, seconds, computedSeconds, cached, exports = [] }: RunResult): string {
  const table = new Table({
    head: ['model', 'accuracy', 'log-loss', 'p50', 'p99', 'images/s', 'size', 'parameters', 'training'].map((text) => pc.bold(text)),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: STYLE,
  });
  for (const { name, seeds, testAccuracy, logLoss, latency, bytes, parameters, trainingSeconds } of models.filter(({ seedOf }) => !isFurtherSeed(seedOf))) {
    const accuracy = seeds ? `${percent(seeds.accuracy.mean)} ± ${(100 * seeds.accuracy.deviation).toFixed(2)} %` : `${percent(testAccuracy)} %`;
    table.push([
      seeds ? `${name} (${seeds.names.length} seeds)` : name,
      name === ENSEMBLE ? pc.green(accuracy) : accuracy,
      seeds ? `${seeds.logLoss.mean.toFixed(4)} ± ${seeds.logLoss.deviation.toFixed(4)}` : logLoss.toFixed(4),
      latency ? `${latency.p50Ms.toFixed(2)} ms` : '-',
      latency ? `${latency.p99Ms.toFixed(2)} ms` : '-',
      latency ? Math.round(latency.imagesPerSecond).toLocaleString('en') : '-',
      prettyBytes(bytes),
      parameters.toLocaleString('en'),
      duration(trainingSeconds),
    ]);
  }
  const times = new Table({ head: ['stage', 'seconds', 'computed', 'steps', 'cached'].map((text) => pc.bold(text)), colAligns: ['left', 'right', 'right', 'right', 'right'], style: STYLE });
  for (const stage of stages.filter(({ state }) => state !== 'skipped')) {
    times.push([stage.name, stage.seconds.toFixed(1), stage.computedSeconds.toFixed(1), stage.steps, stage.cachedSteps]);
  }
  times.push(['run', seconds.toFixed(1), computedSeconds.toFixed(1), sum(stages.map(({ steps }) => steps)), cached ? 'all' : sum(stages.map(({ cachedSteps }) => cachedSteps))]);
  return [...(models.length > 0 ? [table.toString()] : []), ...seedLines(models), ...origins(models), ...gateLines(models), ...exportLine(exports), times.toString()].join('\n');
}

/** How many files there are for other runtimes, and what was refused. */
function exportLine(exports: readonly RunExport[]): string[] {
  if (exports.length === 0) return [];
  const written = exports.filter((each) => 'artifact' in each);
  const checked = written.filter(({ verified }) => verified).length;
  return [`Exports: ${written.length} files, ${checked} of them run beside their models, ${exports.length - written.length} refused (digitloom artifacts --save writes them)`];
}

/** Where hyper-parameters come from that a search found. */
function origins(models: RunResult['models']): string[] {
  return models.flatMap(({ name, origin }) => (origin ? [`${name}: values found by search ${origin.search} (record ${origin.digest.slice(0, 12)})`] : []));
}

/** What the gate says of every variant. */
function gateLines(models: RunResult['models']): string[] {
  return models.flatMap(({ name, of = '', gate }) => {
    if (!gate) return [];
    if (!gate.passed) return [`${name}, variant of ${of}: refused, ${gate.reasons.join('; ')}`];
    return [`${name}, variant of ${of}: ${gate.chosen ? 'chosen, the smallest that is as good' : 'as good, but another one is smaller'}`];
  });
}

/** The accuracy of every seed, a line a model. */
function seedLines(models: RunResult['models']): string[] {
  return models.flatMap(({ name, seeds }) => {
    const accuracies = seeds?.names.flatMap((member) => models.filter((model) => model.name === member).map((model) => `${member} ${percent(model.testAccuracy)}`));
    return accuracies ? [`${name}, % by seed: ${accuracies.join(', ')}`] : [];
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
