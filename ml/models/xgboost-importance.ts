import type { JsonObject } from '../../shared/json.js';

const MOST = 20;
const MOST_OF_CLASS = 5;

/**
 * What the trees gained from which columns, as details of a model: `importance`, the twenty columns with the largest total
 * gain as [column, gain]; `classGain`, the total gain of each digit's trees; `classImportance`, for each digit the five columns
 * with the largest part of it. Gains to five digits.
 * @param gains of each digit by column of the trees; their sum over digits is what `importance` ranks.
 * @param chosen the row's column for each of the trees', where they do not read the row as it is.
 */
export function importanceDetails(gains: readonly Float64Array[], chosen: readonly number[] | undefined): JsonObject {
  const total = gains.reduce((sum, ofDigit) => sum.map((gain, column) => gain + ofDigit[column]));
  return {
    importance: largest(total, chosen, MOST),
    classGain: gains.map((ofDigit) => rounded(ofDigit.reduce((sum, gain) => sum + gain, 0))),
    classImportance: gains.map((ofDigit) => largest(ofDigit, chosen, MOST_OF_CLASS)),
  };
}

function largest(gains: Float64Array, chosen: readonly number[] | undefined, count: number): [number, number][] {
  return Array.from(gains, (gain, column): [number, number] => [chosen?.[column] ?? column, gain])
    .filter(([, gain]) => gain > 0)
    .sort(([a, gainA], [b, gainB]) => gainB - gainA || a - b)
    .slice(0, count)
    .map(([column, gain]) => [column, rounded(gain)]);
}

function rounded(gain: number): number {
  return Number(gain.toPrecision(5));
}
