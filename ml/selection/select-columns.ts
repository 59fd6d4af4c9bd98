import { InvalidConfigError } from '../../shared/errors.js';
import { rankedColumns } from './combined-ranks.js';

/** Which columns were taken, and which of them stands for each that was passed over. */
export interface ColumnSelection {
  /** At most `count`, the best first. */
  readonly chosen: Uint32Array;
  /** Columns that were as good as a chosen one's double: [column, the chosen column, their correlation]. */
  readonly passedOver: readonly (readonly [number, number, number])[];
}

/**
 * Takes columns from the best score down and passes over one whose correlation with a column taken before is larger in size than
 * `maxCorrelation`: much relevance, little redundancy (the idea of mRMR, Peng, Long and Ding 2005, with a limit for a penalty). Columns
 * without a score above 0 are never taken, so fewer than `count` may result.
 * @param correlations [columns, columns].
 * @throws InvalidConfigError when `count` is no whole number from 1, or the limit is outside (0, 1].
 */
export function selectColumns(
  scores: Float64Array, correlations: Float32Array, { count, maxCorrelation }: { readonly count: number; readonly maxCorrelation: number },
): ColumnSelection {
  if (!Number.isInteger(count) || count < 1) throw new InvalidConfigError(`Feature selection: count is ${count}; expected a whole number from 1.`);
  if (!(maxCorrelation > 0 && maxCorrelation <= 1)) throw new InvalidConfigError(`Feature selection: maxCorrelation is ${maxCorrelation}; expected a number in (0, 1].`);
  const columns = scores.length;
  const chosen: number[] = [];
  const passedOver: [number, number, number][] = [];
  for (const column of rankedColumns(scores)) {
    if (chosen.length === count || !(scores[column] > 0)) break;
    const double = chosen.find((taken) => Math.abs(correlations[column * columns + taken]) > maxCorrelation);
    if (double === undefined) chosen.push(column);
    else passedOver.push([column, double, correlations[column * columns + double]]);
  }
  return { chosen: Uint32Array.from(chosen), passedOver };
}
