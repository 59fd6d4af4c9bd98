import Table from 'cli-table3';
import pc from 'picocolors';
import type { Verification } from '../../activities/verification/verification.js';

const WORDS: Readonly<Record<Verification['verdict'], string>> = {
  'agrees': pc.green('agrees'), 'disagrees': pc.red('disagrees'), 'not-verified': pc.yellow('not verified'), 'not-written': 'not written',
};

/** What official runtimes said of files, a row each, and below it why where there is more to say. */
export function verificationTable(all: readonly Verification[]): string {
  const table = new Table({
    head: ['model', 'format', 'runtime', 'rows', 'largest difference', 'labels changed', 'accuracy', 'verdict'].map((text) => pc.bold(text)),
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [] },
  });
  for (const { model, format, runtime = '-', agreement, tensors, verdict } of all) {
    const figures = agreement ? [agreement.rows, agreement.largestDifference.toExponential(1), agreement.labelsChanged, accuracies(agreement)] : [tensors === undefined ? '-' : `${tensors} tensors`, '-', '-', '-'];
    table.push([model, format, runtime, ...figures, WORDS[verdict]]);
  }
  const reasons = all.flatMap(({ model, format, reason }) => (reason === undefined ? [] : [`${model}, ${format}: ${reason}`]));
  return [table.toString(), ...reasons].join('\n');
}

function accuracies({ accuracy: { model, file }, paired: { pValue } }: NonNullable<Verification['agreement']>): string {
  return model === file ? percent(model) : `${percent(model)} to ${percent(file)}, p = ${pValue.toPrecision(2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
