import type { NpyArray } from '../data/npy.js';
import { CLASSES } from './model.js';
import type { ScoreModel } from './score-kind.js';

/** Scores (x - offset) times weights, plus a bias for each class. */
export interface LinearScores {
  /** [columns] */
  readonly offset: Float32Array;
  /** [columns, 10] */
  readonly weights: Float32Array;
  /** [10]; -Infinity for a class without training rows. */
  readonly bias: Float64Array;
}

/**
 * Scores that are linear in the row. They are summed in float64: where columns depend on one another weights are large and cancel, and sums in float32
 * would be noise.
 */
export function linearScores({ offset, weights, bias }: LinearScores): ScoreModel {
  const width = offset.length;
  return {
    width,
    parameters: width + weights.length + CLASSES,

    scores({ rows, data }) {
      const scores = new Float64Array(rows * CLASSES);
      for (let row = 0, i = 0; row < rows; row++) {
        const own = scores.subarray(row * CLASSES, (row + 1) * CLASSES);
        own.set(bias);
        for (let j = 0, at = 0; j < width; j++, i++) {
          const value = data[i] - offset[j];
          for (let k = 0; k < CLASSES; k++, at++) own[k] += value * weights[at];
        }
      }
      return scores;
    },

    arrays: () => ({
      offset: { data: offset, shape: [width] },
      weights: { data: weights, shape: [width, CLASSES] },
      bias: { data: bias, shape: [CLASSES] },
    }),
  };
}

/** What `arrays` gave; undefined when it is something else. */
export function readLinearScores({ offset, weights, bias }: Readonly<Record<string, NpyArray | undefined>>): LinearScores | undefined {
  if (!(offset?.data instanceof Float32Array) || !(weights?.data instanceof Float32Array) || !(bias?.data instanceof Float64Array)) return undefined;
  const fits = offset.data.length > 0 && weights.data.length === offset.data.length * CLASSES && bias.data.length === CLASSES;
  return fits ? { offset: offset.data, weights: weights.data, bias: bias.data } : undefined;
}
