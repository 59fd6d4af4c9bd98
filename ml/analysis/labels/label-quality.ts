import type { Matrix } from '../../matrix.js';

/** How well the given labels fit the probabilities, row by row. */
export interface LabelQuality {
  /** The probability of the given label. */
  readonly selfConfidence: Float64Array;
  /** The most probable other class; the first of equals. */
  readonly suggested: Uint8Array;
  /** (selfConfidence - probability of the suggested class + 1) / 2, in [0, 1]; small where the label looks wrong. */
  readonly margin: Float64Array;
}

/** Self-confidence and normalised margin of every row, as cleanlab's `get_label_quality_scores` defines them. */
export function labelQuality({ rows, columns, data }: Matrix<Float32Array>, labels: Uint8Array): LabelQuality {
  const selfConfidence = new Float64Array(rows);
  const suggested = new Uint8Array(rows);
  const margin = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    const given = labels[row];
    let other = given === 0 ? 1 : 0;
    for (let k = other + 1; k < columns; k++) if (k !== given && data[at + k] > data[at + other]) other = k;
    selfConfidence[row] = data[at + given];
    suggested[row] = other;
    margin[row] = (data[at + given] - data[at + other] + 1) / 2;
  }
  return { selfConfidence, suggested, margin };
}
