import type { Matrix } from '../../matrix.js';

/** cleanlab's tolerance: a probability that equals its threshold but for rounding counts. */
const TOLERANCE = 1e-6;

/** What was counted. */
export interface ConfidentJoint {
  /** counts[given * classes + true]; the diagonal is at least 1, as in cleanlab. */
  readonly counts: Float64Array;
  /** Rows counted with a true class that is not the given one, ascending. */
  readonly suspects: number[];
}

/**
 * Counts each row with its given label and the class it confidently belongs to: the one whose threshold its probability reaches; of
 * several, the most probable. A row that reaches none is not counted. Northcutt et al. (2021), equation 1; as cleanlab's
 * `compute_confident_joint(calibrate=False)`.
 */
export function confidentJoint({ columns, data }: Matrix<Float32Array>, labels: Uint8Array, thresholds: Float64Array): ConfidentJoint {
  const counts = new Float64Array(columns * columns);
  const suspects: number[] = [];
  for (let row = 0, at = 0; row < labels.length; row++, at += columns) {
    const confident = confidentClass(data, at, thresholds);
    if (confident === undefined) continue;
    counts[labels[row] * columns + confident]++;
    if (confident !== labels[row]) suspects.push(row);
  }
  for (let k = 0; k < columns; k++) counts[k * columns + k] = Math.max(1, counts[k * columns + k]);
  return { counts, suspects };
}

function confidentClass(data: Float32Array, at: number, thresholds: Float64Array): number | undefined {
  let reached = 0;
  let first = 0;
  let best = 0;
  for (let k = 0; k < thresholds.length; k++) {
    if (data[at + k] > data[at + best]) best = k;
    if (data[at + k] < thresholds[k] - TOLERANCE) continue;
    if (reached === 0) first = k;
    reached++;
  }
  if (reached === 0) return undefined;
  return reached === 1 ? first : best; // of several the most probable class of all, as cleanlab decides
}
