import type { CalibratedEvaluation, ConformalFigures, CurveArea } from '../../shared/calibration.js';
import { CONFORMAL_SCORES } from '../../shared/calibration.js';
import type { FittedCalibration } from '../calibration/fitted-calibration.js';
import { measureSets } from '../conformal/measure-sets.js';
import { SCORES } from '../conformal/registry.js';
import type { Matrix } from '../matrix.js';
import { deriveSeed } from '../random.js';
import { largestProbability, margin } from '../rejection/confidence.js';
import { curveArea } from '../rejection/curve-area.js';
import { rightRows } from '../rejection/right-rows.js';
import { riskCoverage } from '../rejection/risk-coverage.js';
import type { RiskPoint } from '../rejection/risk-coverage.js';
import { selectiveFigures, thresholdForRisk } from '../rejection/risk-threshold.js';
import { thinRiskCurve } from '../rejection/thin-risk-curve.js';
import { argmaxRows } from './argmax-rows.js';
import { calibration } from './calibration.js';
import { probabilityFigures } from './probability-figures.js';

/**
 * What a calibration fitted on validation rows is worth on other labelled rows: probabilities before and after, answers rejected at its
 * thresholds, and its conformal sets.
 * @param proba the model's own probabilities.
 * @param seed of the random part of adaptive sets.
 */
export function evaluateCalibrated(fitted: FittedCalibration, proba: Matrix<Float32Array>, labels: Uint8Array, seed: number): CalibratedEvaluation {
  const { calibrator, summary, alphas, thresholds } = fitted;
  const calibrated = calibrator.apply(proba);
  const predicted = argmaxRows(calibrated);
  const right = rightRows(predicted, labels);
  const points = riskCoverage(largestProbability(calibrated), right);
  const raw = riskCoverage(largestProbability(proba), rightRows(argmaxRows(proba), labels));
  const area = (of: readonly RiskPoint[]): CurveArea => rounded(curveArea(of));
  return {
    validation: summary,
    before: probabilityFigures(proba, labels),
    after: probabilityFigures(calibrated, labels),
    reliability: calibration(calibrated, predicted, labels).reliability,
    area: { confidence: area(points), margin: area(riskCoverage(margin(calibrated), right)), uncalibrated: area(raw) },
    curve: thinRiskCurve(points),
    errorFree: points.findLast(({ errors }) => errors === 0)?.answered ?? 0,
    rejection: summary.rejection.map(({ target, threshold }) => ({
      target, threshold, ...selectiveFigures(points, threshold), largestCoverage: thresholdForRisk(points, target).coverage,
    })),
    conformal: CONFORMAL_SCORES.flatMap((score, s) => alphas.map((alpha, a) =>
      short(measureSets(SCORES[score], thresholds[score][a], alpha, calibrated, labels, deriveSeed(seed, s, a))))),
  };
}

function rounded({ aurc, excess }: CurveArea): CurveArea {
  return { aurc: Number(aurc.toPrecision(6)), excess: Number(excess.toPrecision(6)) };
}

/** Shares with as many digits as a report of many models has room for. */
function short({ score, alpha, coverage, meanSize, empty, single, byClass }: ConformalFigures): ConformalFigures {
  const five = (share: number): number => Number(share.toFixed(5));
  return {
    score, alpha, coverage: five(coverage), meanSize: five(meanSize), empty: five(empty), single: five(single),
    byClass: byClass.map((share) => (share === null ? null : five(share))),
  };
}
