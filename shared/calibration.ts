/** How probabilities are corrected; `none` leaves them as they are. Simplest first. */
export const CALIBRATION_METHODS = ['none', 'temperature', 'platt', 'isotonic'] as const;
export type CalibrationMethod = (typeof CALIBRATION_METHODS)[number];

/** The scores behind conformal prediction sets. */
export const CONFORMAL_SCORES = ['lac', 'lac-by-class', 'aps', 'raps'] as const;
export type ConformalScoreName = (typeof CONFORMAL_SCORES)[number];

/** What is done with the probabilities of every model, beside the figures of its answers. */
export interface CalibrationConfig {
  readonly enabled: boolean;
  /** Methods among which validation rows choose, one for each model; `none` is always one of them. */
  readonly methods: readonly CalibrationMethod[];
  /** Rates of errors that answers may have; what is too unsure for one is rejected. */
  readonly risks: readonly number[];
  /** Shares of images whose true digit a prediction set may lack. */
  readonly alphas: readonly number[];
}

/** How good probabilities are. */
export interface ProbabilityFigures {
  readonly accuracy: number;
  readonly logLoss: number;
  /** Expected calibration error, 15 equal-width bins. */
  readonly ece: number;
  /** Mean squared distance of the probabilities from the truth, summed over the classes: 0 to 2. */
  readonly brier: number;
}

/** Answers that are given at a threshold of confidence. */
export interface SelectiveFigures {
  /** The share of images that are answered. */
  readonly coverage: number;
  /** The share of the answers that are wrong; 0 where none is given. */
  readonly risk: number;
  /** Wrong answers. */
  readonly errors: number;
}

/** The area under the risk-coverage curve, and by how much it exceeds that of the best order that there is. */
export interface CurveArea {
  readonly aurc: number;
  readonly excess: number;
}

/** The confidence from which on a model answers, so that a rate of errors is kept. */
export interface RejectTarget {
  readonly target: number;
  /** Answered are images whose largest calibrated probability is at least this; null: no threshold keeps the rate, all are rejected. */
  readonly threshold: number | null;
}

/** A size that conformal sets have, and how often they hold the true digit. */
export interface ConformalFigures {
  readonly score: ConformalScoreName;
  readonly alpha: number;
  /** The share of sets that hold the true digit: at least 1 - alpha is promised. */
  readonly coverage: number;
  readonly meanSize: number;
  /** The shares of sets with no digit at all, and with exactly one. */
  readonly empty: number;
  readonly single: number;
  /** Coverage of each digit; null where no image shows it. */
  readonly byClass: readonly (number | null)[];
}

/** What was learnt of one model's probabilities on validation rows, every figure out of fold. */
export interface CalibrationSummary {
  readonly method: CalibrationMethod;
  /** A few words for people, e.g. `temperature 0.83`. */
  readonly description: string;
  readonly rows: number;
  /** Log-loss of each method that could have been chosen. */
  readonly logLoss: Readonly<Partial<Record<CalibrationMethod, number>>>;
  readonly before: ProbabilityFigures;
  readonly after: ProbabilityFigures;
  readonly rejection: readonly (RejectTarget & SelectiveFigures)[];
}

/** What `evaluate` measures of one model's calibrated test probabilities. */
export interface CalibratedEvaluation {
  readonly validation: CalibrationSummary;
  readonly before: ProbabilityFigures;
  readonly after: ProbabilityFigures;
  readonly reliability: readonly { readonly confidence: number; readonly accuracy: number; readonly count: number }[];
  /** By the signal that orders the images: the largest calibrated probability, its lead over the second, the largest before calibration. */
  readonly area: Readonly<Record<'confidence' | 'margin' | 'uncalibrated', CurveArea>>;
  /** [coverage, risk] by confidence, from few answers to all; thinned. */
  readonly curve: readonly (readonly [number, number])[];
  /** Images that are surer than the surest error. */
  readonly errorFree: number;
  /** At each target: what the threshold from validation rows gives, and the largest coverage that any threshold would have had. */
  readonly rejection: readonly (RejectTarget & SelectiveFigures & { readonly largestCoverage: number })[];
  readonly conformal: readonly ConformalFigures[];
}
