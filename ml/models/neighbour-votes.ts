import type { Matrix } from '../matrix.js';
import type { Neighbours } from '../neighbours/neighbours.js';
import { CLASSES } from './model.js';

/** How neighbours' labels become probabilities. */
export type VoteRule = { readonly weights: 'uniform' } | { readonly weights: 'distance' } | KernelRule;

/** Weights exp((d1^2 - d^2) / width) of neighbours at distances d, the nearest at d1; `floor` is added to the votes of every class. */
export interface KernelRule {
  readonly weights: 'fitted';
  readonly width: number;
  readonly floor: number;
}

/** Every class gets the votes of its neighbours: float32 [rows, 10]; rows sum to one. @param labels of the rows that were searched */
export function voteProbabilities(found: Neighbours, labels: Uint8Array, rule: VoteRule): Matrix<Float32Array> {
  const { rows, k, indices } = found;
  const data = new Float32Array(rows * CLASSES);
  const votes = new Float64Array(CLASSES);
  const weights = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    weigh(found, row, rule, weights);
    votes.fill(rule.weights === 'fitted' ? rule.floor : 0);
    for (let i = 0; i < k; i++) votes[labels[indices[row * k + i]]] += weights[i];
    let sum = 0;
    for (let c = 0; c < CLASSES; c++) sum += votes[c];
    for (let c = 0; c < CLASSES; c++) data[row * CLASSES + c] = votes[c] / sum;
  }
  return { rows, columns: CLASSES, data };
}

function weigh({ k, distances }: Neighbours, row: number, rule: VoteRule, weights: Float64Array): void {
  const from = row * k;
  const nearest = distances[from];
  for (let i = 0; i < k; i++) {
    const distance = distances[from + i];
    if (rule.weights === 'uniform') weights[i] = 1;
    else if (rule.weights === 'fitted') weights[i] = Math.exp((nearest * nearest - distance * distance) / rule.width);
    else if (nearest === 0) weights[i] = distance === 0 ? 1 : 0; // as scikit-learn: equal rows have all the say
    else weights[i] = nearest / distance;
  }
}
