import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import type { JsonObject } from '../../shared/json.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { checkAnswers } from './check-bases.js';
import { numbersOf, readEnsemble, writeEnsemble } from './ensemble-bytes.js';
import type { Ensemble } from './ensemble.js';
import { weightsByName } from './weights-by-name.js';

/**
 * The ensemble that answers with a weighted mean of its bases' probabilities (linear opinion pool).
 * @param weights float64 [bases], not negative, sum 1.
 * @param learnt how many numbers the fit chose; 0 for equal weights.
 */
export function meanVote(method: EnsembleMethod, names: readonly string[], weights: Float64Array, learnt: number, facts: JsonObject = {}): Ensemble {
  return {
    method, names,
    parameters: learnt,
    runtime: 'typescript',
    details: { ...facts, weights: weightsByName(names, weights) },

    async predictProba(probabilities) {
      checkAnswers(method, names, probabilities);
      return weightedMean(probabilities, weights);
    },

    async save() {
      return writeEnsemble(method, names, { weights: { data: weights, shape: [weights.length] }, learnt: { data: Float64Array.of(learnt), shape: [1] } });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}

/** @throws InvalidModelError when the bytes are no weighted mean of this method. */
export function loadMeanVote(method: EnsembleMethod, bytes: Uint8Array): Ensemble {
  const saved = readEnsemble(bytes, method);
  return meanVote(method, saved.names, numbersOf(saved, 'weights', saved.names.length), numbersOf(saved, 'learnt', 1)[0]);
}

function weightedMean(probabilities: readonly Matrix<Float32Array>[], weights: Float64Array): Matrix<Float32Array> {
  const sums = new Float64Array(probabilities[0].data.length);
  for (const [b, { data }] of probabilities.entries()) {
    const weight = weights[b];
    if (weight !== 0) for (let i = 0; i < sums.length; i++) sums[i] += weight * data[i];
  }
  return { rows: probabilities[0].rows, columns: CLASSES, data: Float32Array.from(sums) };
}
