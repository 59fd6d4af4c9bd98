import type { MedianStopping } from '../../shared/search.js';
import type { Scores } from './scores.js';

/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier", 3.2.1): true when a trial's best loss up to a rung is strictly worse than
 * the median of the other trials' mean losses up to there. Trials that have not come as far have no say.
 */
export function medianStops(scores: Scores, trial: number, rung: number, { grace, minSamples }: MedianStopping): boolean {
  if (rung < grace) return false;
  const others = scores.ranked(rung).filter((score) => score.trial !== trial);
  if (others.length < minSamples) return false;
  const means = others.map((score) => mean(scores.lossesOf(score.trial).slice(0, rung + 1))).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return Math.min(...scores.lossesOf(trial).slice(0, rung + 1)) > median(means);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 || upper === Infinity ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
