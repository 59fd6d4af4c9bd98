import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { Bases } from './ensemble.js';
import { labelProbabilities } from './label-probabilities.js';

/** What a selection is judged by; lower is better for both. */
export interface GreedyScore {
  /** Adds a base to the selection. */
  add(base: number): void;
  /** The mean loss that the selection would have with one more base. */
  with(base: number): number;
}

const AT_ONCE = 16; // probabilities of at least 1e-6 multiplied before one logarithm is taken of them all: 1e-96 is far from underflow

/** The log-loss of the mean probability: only what a base gives to the row's own label counts. */
export function logLossScore(bases: Bases, labels: Uint8Array): () => GreedyScore {
  const own = labelProbabilities(bases, labels);
  return () => {
    const sum = new Float64Array(labels.length);
    let count = 0;
    return {
      add(base) {
        count++;
        for (let row = 0; row < sum.length; row++) sum[row] += own[base][row];
      },
      with(base) {
        const p = own[base];
        const scale = 1 / (count + 1);
        let loss = 0;
        for (let from = 0; from < sum.length; from += AT_ONCE) {
          const to = Math.min(sum.length, from + AT_ONCE);
          let product = 1;
          for (let row = from; row < to; row++) product *= (sum[row] + p[row]) * scale;
          loss -= Math.log(product);
        }
        return loss / sum.length;
      },
    };
  };
}

/** The share of wrong answers of the mean probability. */
export function errorScore({ probabilities }: Bases, labels: Uint8Array): () => GreedyScore {
  return () => {
    const sum = new Float64Array(labels.length * CLASSES);
    return {
      add(base) {
        const { data } = probabilities[base];
        for (let i = 0; i < sum.length; i++) sum[i] += data[i];
      },
      with: (base) => errorsWith(sum, probabilities[base], labels) / labels.length,
    };
  };
}

function errorsWith(sum: Float64Array, { data }: Matrix<Float32Array>, labels: Uint8Array): number {
  let errors = 0;
  for (let row = 0, at = 0; row < labels.length; row++, at += CLASSES) {
    let best = 0;
    let most = -1;
    for (let k = 0; k < CLASSES; k++) {
      const value = sum[at + k] + data[at + k];
      if (value > most) {
        most = value;
        best = k;
      }
    }
    if (best !== labels[row]) errors++;
  }
  return errors;
}
