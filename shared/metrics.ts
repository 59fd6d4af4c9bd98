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
  /** Of each model that was fitted with several seeds; absent where there is none. */
  readonly seeds?: readonly SeedSpread[];
  /** Pairs of models over their seeds; absent where none was asked for. */
  readonly seedTests?: readonly SeedTest[];
}

/** Mean and standard deviation (n - 1) of a figure over seeds. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** What a model's fits with several seeds come to. */
export interface SeedSpread {
  readonly model: string;
  /** Of its fits, in the order of their seeds. */
  readonly names: readonly string[];
  readonly accuracy: Spread;
  readonly logLoss: Spread;
}

/** Paired t-test (Student) of figures of a and b with the same seeds. */
export interface PairedTTest {
  readonly pairs: number;
  /** Mean and standard deviation of a - b. */
  readonly difference: Spread;
  /** Pairs in which a, or b, has the larger figure. */
  readonly aAhead: number;
  readonly bAhead: number;
  /** Two-sided; null where all differences are equal but not zero, of which the test says nothing. */
  readonly pValue: number | null;
}

/** Accuracies of two models, paired by seed. */
export interface SeedTest extends PairedTTest {
  readonly a: string;
  readonly b: string;
}

/** Speed of one model on one machine, alone. */
export interface LatencyMeasurement {
  /** What computed the predictions, e.g. `onnxruntime-node 1.30.0`, `typescript`. */
  readonly runtime: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly imagesPerSecond: number;
}
