import type { CalibratedEvaluation } from './calibration.js';

/** Precision, recall and F1 of one class. */
export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** What `evaluate` measures of one model's test probabilities. */
export interface ModelEvaluation {
  readonly name: string;
  readonly accuracy: number;
  /** Half-width of the 95 % interval (Wilson) of the accuracy. */
  readonly accuracyInterval: readonly [number, number];
  readonly logLoss: number;
  /** Expected calibration error, 15 equal-width bins. */
  readonly ece: number;
  readonly reliability: readonly { readonly confidence: number; readonly accuracy: number; readonly count: number }[];
  readonly classes: readonly ClassMetrics[];
  /** confusion[actual][predicted]. */
  readonly confusion: readonly (readonly number[])[];
  readonly mostConfused: readonly { readonly actual: number; readonly predicted: number; readonly count: number }[];
  /** The most confidently wrong images: row in the test set. */
  readonly errors: readonly { readonly row: number; readonly actual: number; readonly predicted: number; readonly confidence: number }[];
  /** Its probabilities calibrated, rejected and widened to sets; absent where that was switched off. Figures above are of its own probabilities. */
  readonly calibrated?: CalibratedEvaluation;
}

/** Exact McNemar test of two models on the same images. */
export interface PairedTest {
  readonly a: string;
  readonly b: string;
  readonly onlyACorrect: number;
  readonly onlyBCorrect: number;
  readonly pValue: number;
}

/** The `evaluation` artifact (JSON). */
export interface Evaluation {
  readonly kind: 'evaluation';
  readonly rows: number;
  readonly models: readonly ModelEvaluation[];
  /** The ensemble (or the best model) against every other. */
  readonly paired: readonly PairedTest[];
}

/** Speed of one model on one machine, alone. */
export interface LatencyMeasurement {
  /** What computed the predictions, e.g. `tfjs-node 4.22.0 / TensorFlow 2.21.0`, `typescript`, `xgboost 3.2.0`. */
  readonly runtime: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly imagesPerSecond: number;
}
