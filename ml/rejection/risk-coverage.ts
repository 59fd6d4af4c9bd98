import { InvalidDataError } from '../../shared/errors.js';

/** One threshold of confidence: rows at least as sure are answered. */
export interface RiskPoint {
  readonly threshold: number;
  readonly answered: number;
  readonly errors: number;
}

/**
 * The risk-coverage curve of a classifier that may decline (El-Yaniv and Wiener 2010): for each confidence that occurs, surest first,
 * how many rows are at least as sure, and how many of them are wrong. Rows of one confidence are answered together.
 * @param confidence of each row.
 * @param right 1 where the row's answer is right.
 * @throws InvalidDataError when there is no row, numbers differ, or a confidence is not finite.
 */
export function riskCoverage(confidence: ArrayLike<number>, right: ArrayLike<number>): RiskPoint[] {
  if (confidence.length === 0 || confidence.length !== right.length) {
    throw new InvalidDataError(`${confidence.length} confidences for ${right.length} answers: expected as many, at least one.`);
  }
  for (let row = 0; row < confidence.length; row++) {
    if (!Number.isFinite(confidence[row])) throw new InvalidDataError(`The confidence of row ${row} is ${confidence[row]}: expected a finite number.`);
  }
  const order = Uint32Array.from({ length: confidence.length }, (_, row) => row).sort((a, b) => confidence[b] - confidence[a]);
  const points: RiskPoint[] = [];
  let errors = 0;
  for (let i = 0; i < order.length;) {
    const threshold = confidence[order[i]];
    for (; i < order.length && confidence[order[i]] === threshold; i++) errors += right[order[i]] ? 0 : 1;
    points.push({ threshold, answered: i, errors });
  }
  return points;
}
