import type { RiskPoint } from './risk-coverage.js';

const POINTS = 60;
const DIGITS = 6;

/**
 * [coverage, risk] at no more than 61 coverages, few answers first. Rejected shares are spaced evenly by their logarithm from one row to
 * all but one: what a good model rejects is little.
 */
export function thinRiskCurve(points: readonly RiskPoint[]): [number, number][] {
  const rows = points[points.length - 1].answered;
  const kept = new Set<RiskPoint>([points[points.length - 1]]);
  for (let i = 0; i < POINTS; i++) {
    const answered = rows - rows ** (i / (POINTS - 1));
    const point = points.findLast((candidate) => candidate.answered <= answered);
    if (point) kept.add(point);
  }
  return [...kept].sort((a, b) => a.answered - b.answered)
    .map(({ answered, errors }) => [Number((answered / rows).toFixed(DIGITS)), Number((errors / answered).toFixed(DIGITS))]);
}
