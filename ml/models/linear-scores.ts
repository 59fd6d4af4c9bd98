import type { NpyArray } from '../data/npy.js';
import { affineSums } from './affine-sums.js';
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

/** Scores that are linear in the row, summed in float64. */
export function linearScores({ offset, weights, bias }: LinearScores): ScoreModel {
  const width = offset.length;
  return {
    width,
    parameters: width + weights.length + CLASSES,
    scores: affineSums(offset, weights, bias),

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
