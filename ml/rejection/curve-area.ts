import type { CurveArea } from '../../shared/calibration.js';
import type { RiskPoint } from './risk-coverage.js';

/**
 * The area under the risk-coverage curve, AURC, the mean risk over all numbers of answered rows, and its excess over that of an order
 * which puts all errors last (Geifman, Uziel and El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", 2019; the
 * optimum is exact here, not their approximation r + (1 - r) log(1 - r)). Rows of one confidence count as in random order.
 */
export function curveArea(points: readonly RiskPoint[]): CurveArea {
  const { answered: rows, errors: wrong } = points[points.length - 1];
  let [sum, answered, errors] = [0, 0, 0];
  for (const point of points) {
    const each = (point.errors - errors) / (point.answered - answered);
    for (let more = 1; answered + more <= point.answered; more++) sum += (errors + each * more) / (answered + more);
    ({ answered, errors } = point);
  }
  let best = 0;
  for (let error = 1; error <= wrong; error++) best += error / (rows - wrong + error);
  return { aurc: sum / rows, excess: (sum - best) / rows };
}
