import type { FamilyShare, FeatureSelection, SelectionRanking } from '../../shared/analysis/feature-selection.js';
import { rounded } from '../rounded.js';
import { combinedRanks, rankedColumns } from './combined-ranks.js';
import { correlatedPairs } from './correlated-pairs.js';
import { selectColumns } from './select-columns.js';

/** What was measured of the columns of some families. */
export interface MeasuredColumns {
  readonly rows: number;
  /** Names of the columns of each family, in order. */
  readonly families: readonly (readonly [string, readonly string[]])[];
  /** Of each column, in nats. */
  readonly mutualInformation: Float64Array;
  readonly importance: Float64Array;
  readonly importanceOf: string;
  /** [columns, columns]. */
  readonly correlations: Float32Array;
  readonly correlationRows: number;
  readonly constant: readonly number[];
}

/** How columns are chosen. */
export interface SelectionRules {
  readonly ranking: SelectionRanking;
  readonly count: number;
  readonly bins: number;
  readonly maxCorrelation: number;
}

const STRONG = 0.95;
const PAIRS_SHOWN = 50;
const PASSED_OVER_SHOWN = 100;
const BEST_SHOWN = 40;

/** Ranks the columns, chooses among them, and says why. Constant columns are never chosen. @throws InvalidConfigError for rules out of range. */
export function describeSelection(measured: MeasuredColumns, { ranking, count, bins, maxCorrelation }: SelectionRules): FeatureSelection {
  const { mutualInformation, importance, correlations, families } = measured;
  const names = families.flatMap(([, columns]) => columns);
  const score = ranking === 'combined' ? combinedRanks([mutualInformation, importance]) : Float64Array.from(ranking === 'importance' ? importance : mutualInformation);
  for (const column of measured.constant) score[column] = 0;
  const { chosen, passedOver } = selectColumns(score, correlations, { count, maxCorrelation });
  const order = rankedColumns(score);
  const pairs = correlatedPairs(correlations, names.length, STRONG, PAIRS_SHOWN);
  const best = Array.from(order.subarray(0, BEST_SHOWN));
  const strongest = [...passedOver].sort((a, b) => Math.abs(b[2]) - Math.abs(a[2]) || a[0] - b[0]).slice(0, PASSED_OVER_SHOWN);
  return {
    kind: 'feature-selection',
    rows: measured.rows, ranking, importanceOf: measured.importanceOf, bins, maxCorrelation, correlationRows: measured.correlationRows,
    families: familyShares(measured, chosen),
    ranked: Array.from(order, (column) => ({
      column: names[column], mutualInformation: rounded(mutualInformation[column]), importance: rounded(importance[column]), score: rounded(score[column]),
    })),
    chosen: Array.from(chosen, (column) => names[column]),
    chosenColumns: Array.from(chosen),
    constantColumns: measured.constant.map((column) => names[column]),
    passedOver: strongest.map(([column, double, correlation]) => [names[column], names[double], rounded(correlation)]),
    passedOverTotal: passedOver.length,
    pairs: pairs.strongest.map(({ first, second, correlation }) => [names[first], names[second], rounded(correlation)]),
    pairsTotal: pairs.total,
    correlations: { columns: best.map((column) => names[column]), matrix: best.map((a) => best.map((b) => rounded(correlations[a * names.length + b]))) },
  };
}

function familyShares({ families, mutualInformation }: MeasuredColumns, chosen: Uint32Array): FamilyShare[] {
  let from = 0;
  return families.map(([family, columns]) => {
    const [first, last] = [from, (from += columns.length)];
    const information = mutualInformation.subarray(first, last).reduce((sum, value) => sum + value, 0);
    return {
      family, columns: columns.length,
      chosen: chosen.filter((column) => column >= first && column < last).length,
      meanMutualInformation: rounded(information / columns.length),
    };
  });
}
