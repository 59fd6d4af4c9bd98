import type { RejectTarget, SelectiveFigures } from '../../shared/calibration.js';
import type { RiskPoint } from './risk-coverage.js';

/**
 * The lowest threshold of confidence whose answers are wrong at most at the target rate, and what it gives on the rows of the curve.
 * Rows of one confidence are answered together or not at all.
 */
export function thresholdForRisk(points: readonly RiskPoint[], target: number): RejectTarget & SelectiveFigures {
  const found = points.findLast(({ answered, errors }) => errors <= target * answered);
  return { target, threshold: found?.threshold ?? null, ...selective(points, found) };
}

/** What a threshold from elsewhere gives on the rows of the curve; null rejects all. */
export function selectiveFigures(points: readonly RiskPoint[], threshold: number | null): SelectiveFigures {
  return selective(points, threshold === null ? undefined : points.findLast((point) => point.threshold >= threshold));
}

function selective(points: readonly RiskPoint[], at: RiskPoint | undefined): SelectiveFigures {
  if (!at) return { coverage: 0, risk: 0, errors: 0 };
  return { coverage: at.answered / points[points.length - 1].answered, risk: at.errors / at.answered, errors: at.errors };
}
