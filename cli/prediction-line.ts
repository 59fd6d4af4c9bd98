import type { CalibratedAnswer } from '../activities/calibrated-answers.js';
import { InvalidConfigError } from '../shared/errors.js';

/** What is said of one image; without a calibration, the digit and the model's own probabilities. */
export type Answer = Pick<CalibratedAnswer, 'digit' | 'probabilities'> & Partial<CalibratedAnswer>;

/** When an answer is rejected, and which of its sets is shown. */
export interface AnswerOptions {
  /** Answers that are less sure are rejected. */
  readonly rejectBelow?: number;
  /** A rate of wrong answers whose threshold was learnt. */
  readonly risk?: number;
  /** A share of sets without the true digit for which sets were learnt. */
  readonly alpha?: number;
}

const SHOWN = 3;
const USUAL_ALPHA = 0.01;

/**
 * Whether the options reject an answer; undefined where none of them says when to.
 * @throws InvalidConfigError for a rate that was not learnt, naming those that were.
 */
export function isRejected({ probabilities, rejection }: Answer, { rejectBelow, risk }: AnswerOptions): boolean | undefined {
  const learnt = risk === undefined ? undefined : chosen('--risk', 'evaluate.calibration.risks', risk, rejection?.map((each) => ({ ...each, value: each.risk })));
  if (rejectBelow === undefined && !learnt) return undefined;
  return (learnt?.rejected ?? false) || Math.max(...probabilities) < (rejectBelow ?? 0);
}

/** One line for people, e.g. `7  (7: 99.97 %, 1: 0.02 %, 9: 0.01 %)  in 99 % of cases one of 7`. @throws InvalidConfigError as {@link isRejected}. */
export function predictionLine(answer: Answer, options: AnswerOptions): string {
  const ranked = answer.probabilities.map((p, digit) => ({ p, digit })).sort((a, b) => b.p - a.p).slice(0, SHOWN);
  const shares = ranked.map(({ p, digit }) => `${digit}: ${(100 * p).toFixed(2)} %`).join(', ');
  const verdict = isRejected(answer, options) ? '?, rejected' : String(answer.digit);
  return `${verdict}  (${shares})${setText(answer, options)}`;
}

function setText({ sets }: Answer, { alpha }: AnswerOptions): string {
  const values = sets?.map((each) => ({ ...each, value: each.alpha }));
  const set = alpha === undefined ? values?.find(({ value }) => value === USUAL_ALPHA) : chosen('--alpha', 'evaluate.calibration.alphas', alpha, values);
  if (!set) return '';
  const promised = `${Number((100 * (1 - set.alpha)).toFixed(3))} %`;
  return set.digits.length === 0 ? `  like no digit (sets that hold ${promised})` : `  in ${promised} of cases one of ${set.digits.join(' ')}`;
}

function chosen<T extends { readonly value: number }>(option: string, setting: string, wanted: number, learnt: readonly T[] = []): T {
  const found = learnt.find(({ value }) => value === wanted);
  if (found) return found;
  const known = learnt.map(({ value }) => value).join(', ');
  throw new InvalidConfigError(`${option} ${wanted} was not learnt by this model's calibration; it knows ${known || 'none'}. Choose one of them, or set ${setting} and run again.`);
}
