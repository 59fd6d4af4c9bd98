import type { NpyArray } from '../data/npy.js';
import { affineMap } from './affine-map.js';
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

/** Scores that are linear in the row, by WebAssembly. */
export function linearScores({ offset, weights, bias }: LinearScores): ScoreModel {
  const map = affineMap(offset, weights);
  return {
    width: offset.length,
    parameters: offset.length + weights.length + CLASSES,

    scores(z) {
      const scores = Float64Array.from(map(z).data);
      for (let i = 0; i < scores.length; i++) scores[i] += bias[i % CLASSES];
      return scores;
    },

    arrays: () => ({
      offset: { data: offset, shape: [offset.length] },
      weights: { data: weights, shape: [offset.length, CLASSES] },
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
