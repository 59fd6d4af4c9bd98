import type { ExplainedImage } from '../../shared/analysis/explanations.js';
import { argmaxRows } from '../evaluation/argmax-rows.js';
import { worstErrors } from '../evaluation/worst-errors.js';
import type { Matrix } from '../matrix.js';
import { surelyRightRows } from './surely-right-rows.js';

/** An image whose answer is explained, and what it is weighed against. */
export type EvaluatedQuestion = Pick<ExplainedImage, 'row' | 'actual' | 'predicted' | 'confidence' | 'rival' | 'rivalProbability'>;

/** `count` images that are read rightly and surely, evenly spread over the digits, then at most as many of the surest mistakes, surest first. */
export function evaluatedQuestions(proba: Matrix<Float32Array>, labels: Uint8Array, count: number): EvaluatedQuestion[] {
  const predicted = argmaxRows(proba);
  const of = (row: number, digit: number): number => proba.data[row * proba.columns + digit];
  const secondOf = (row: number): number => [...Array(proba.columns).keys()].filter((digit) => digit !== predicted[row]).reduce((best, digit) => (of(row, digit) > of(row, best) ? digit : best));
  const right = surelyRightRows(proba, predicted, labels, count).map((row) => ({ row, rival: secondOf(row) }));
  const wrong = worstErrors(proba, predicted, labels, count).map(({ row, actual }) => ({ row, rival: actual }));
  return [...right, ...wrong].map(({ row, rival }) => ({
    row, actual: labels[row], predicted: predicted[row], confidence: of(row, predicted[row]), rival, rivalProbability: of(row, rival),
  }));
}
