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
  for (const one of all) {
    const { model, runtime = '-', agreement, tensors, verdict } = one;
    const figures = agreement ? [agreement.rows, agreement.largestDifference.toExponential(1), agreement.labelsChanged, accuracies(agreement)] : [tensors === undefined ? '-' : `${tensors} tensors`, '-', '-', '-'];
    table.push([model, formatOf(one, all), runtime, ...figures, WORDS[verdict]]);
  }
  const reasons = all.flatMap(({ model, format, reason }) => (reason === undefined ? [] : [`${model}, ${format}: ${reason}`]));
  const averaged = new Set(all.flatMap(({ model, places }) => (places === undefined ? [] : [`${model}: its answers are means over ${places} places of an image, so each file was asked at all of them`])));
  return [table.toString(), ...reasons, ...averaged].join('\n');
}

/** A variant may have a file by which it answers and one that the run exported, in the same format. */
function formatOf({ model, format, origin }: Verification, all: readonly Verification[]): string {
  const several = all.filter((other) => other.model === model && other.format === format).length > 1;
  return several && origin === 'run' ? `${format}, exported` : format;
}

function accuracies({ accuracy: { model, file }, paired: { pValue } }: NonNullable<Verification['agreement']>): string {
  return model === file ? percent(model) : `${percent(model)} to ${percent(file)}, p = ${pValue.toPrecision(2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
