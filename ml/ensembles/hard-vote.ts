import { argmaxRows } from '../evaluation/argmax-rows.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { checkAnswers, checkBases } from './check-bases.js';
import { readEnsemble, writeEnsemble } from './ensemble-bytes.js';
import type { Ensemble, EnsembleKind } from './ensemble.js';

/**
 * Hard voting: each base votes for its most probable digit, the majority wins, and of digits with equal votes the one with the higher
 * mean probability. The probabilities are vote shares, smoothed by the mean probabilities, which count as one more vote: less than any
 * vote between digits, and all there is between equals. Nothing is learnt.
 */
export const method: EnsembleKind<object> = {
  name: 'hard-vote',
  defaults: {},

  async fit(bases, labels, _, { progress, signal }) {
    checkBases(bases, labels);
    signal.throwIfAborted();
    progress({ fraction: 1 });
    return hardVote(bases.names);
  },

  load: async (bytes) => hardVote(readEnsemble(bytes, 'hard-vote').names),
};

function hardVote(names: readonly string[]): Ensemble {
  return {
    method: 'hard-vote', names,
    parameters: 0,
    runtime: 'typescript',
    details: {},

    async predictProba(probabilities) {
      checkAnswers('hard vote', names, probabilities);
      return smoothedShares(probabilities);
    },

    async save() {
      return writeEnsemble('hard-vote', names, {});
    },

    dispose() {
      // there is nothing to free
    },
  };
}

function smoothedShares(probabilities: readonly Matrix<Float32Array>[]): Matrix<Float32Array> {
  const count = probabilities.length;
  const sums = new Float64Array(probabilities[0].data.length);
  for (const base of probabilities) {
    for (let i = 0; i < sums.length; i++) sums[i] += base.data[i] / count;
    for (const [row, digit] of argmaxRows(base).entries()) sums[row * CLASSES + digit] += 1;
  }
  return { rows: probabilities[0].rows, columns: CLASSES, data: Float32Array.from(sums, (sum) => sum / (count + 1)) };
}
