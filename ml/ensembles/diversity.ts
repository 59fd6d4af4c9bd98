import type { PairDiversity } from '../../shared/analysis/diversity.js';
import { InvalidDataError } from '../../shared/errors.js';

/**
 * How differently two models err on the same rows (Kuncheva and Whitaker 2003). Rows are counted by who is right: both, neither, one alone.
 * @param predicted @param other their answers, one a row.
 * @throws InvalidDataError when there are no rows, or the numbers of rows differ.
 */
export function pairDiversity(predicted: Uint8Array, other: Uint8Array, labels: Uint8Array): PairDiversity {
  const rows = labels.length;
  if (rows === 0 || predicted.length !== rows || other.length !== rows) {
    throw new InvalidDataError(`Diversity of ${predicted.length} and ${other.length} answers to ${rows} rows: expected one of each model for each of at least one row.`);
  }
  let [both, neither, first, second] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [a, b] = [predicted[row] === labels[row], other[row] === labels[row]];
    if (a && b) both++;
    else if (a) first++;
    else if (b) second++;
    else neither++;
  }
  const [same, crossed] = [both * neither, first * second];
  const spread = Math.sqrt((both + first) * (neither + second) * (both + second) * (neither + first));
  return {
    q: same + crossed === 0 ? null : (same - crossed) / (same + crossed),
    correlation: spread === 0 ? null : (same - crossed) / spread,
    disagreement: (first + second) / rows,
    doubleFault: neither / rows,
  };
}
