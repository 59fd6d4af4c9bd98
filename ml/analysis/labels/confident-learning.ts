import type { ConfidentFigures } from '../../../shared/analysis/label-candidate.js';
import type { Matrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';
import { calibrateJoint } from './calibrate-joint.js';
import { checkLabelledProbabilities } from './check-labelled-probabilities.js';
import { confidentJoint } from './confident-joint.js';
import { confidentThresholds, UNREACHABLE } from './confident-thresholds.js';
import { labelQuality } from './label-quality.js';
import type { LabelQuality } from './label-quality.js';

/** What the probabilities say of the labels. */
export interface LabelFindings {
  readonly figures: ConfidentFigures;
  readonly quality: LabelQuality;
  /** Rows whose given label is not the most probable class, likeliest errors (smallest margin) first. */
  readonly candidates: readonly number[];
  /** Those of them that the confident joint counts as another class. */
  readonly confident: ReadonlySet<number>;
}

/**
 * Confident learning (Northcutt, Jiang and Chuang 2021): which labels look wrong, and how many of each class are, by the
 * probabilities (float32, [rows, 10]) of models that did not see the rows. All rows whose label is not the most probable class are
 * ranked by normalised margin; `confident` are those that cleanlab's `find_label_issues(filter_by='confident_learning')` gives.
 * @param name names the probabilities in errors.
 * @throws InvalidDataError for other shapes, no rows, labels above 9, or numbers that are no probabilities.
 */
export function confidentLearning(name: string, proba: Matrix<Float32Array>, labels: Uint8Array): LabelFindings {
  checkLabelledProbabilities(name, proba, labels);
  const thresholds = confidentThresholds(proba, labels);
  const { counts, suspects } = confidentJoint(proba, labels, thresholds);
  const quality = labelQuality(proba, labels);
  const { margin } = quality;
  const candidates = [...labels.keys()].filter((row) => margin[row] < 0.5).sort((a, b) => margin[a] - margin[b] || a - b);
  const confident = new Set(suspects.filter((row) => margin[row] < 0.5));
  return { figures: figuresOf(thresholds, counts, calibrateJoint(counts, labels), labels.length), quality, candidates, confident };
}

function figuresOf(thresholds: Float64Array, counts: Float64Array, joint: Float64Array, rows: number): ConfidentFigures {
  const square = (flat: Float64Array): number[][] => Array.from({ length: CLASSES }, (_, k) => [...flat.subarray(k * CLASSES, (k + 1) * CLASSES)]);
  const table = square(joint);
  const pairs = table.flatMap((row, given) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, suggested) => ({ given, suggested, count, rate: count / total })).filter((pair) => pair.suggested !== given && pair.count > 0);
  });
  return {
    thresholds: Array.from(thresholds, (threshold) => (threshold === UNREACHABLE ? null : threshold)),
    counts: square(counts),
    joint: table,
    noise: pairs.reduce((sum, { count }) => sum + count, 0) / rows,
    pairs: pairs.sort((a, b) => b.count - a.count || a.given - b.given || a.suggested - b.suggested),
  };
}
