import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';

/** Made-up rows of which the truth is known. */
export interface PlantedRows {
  /** The probabilities from which the labels were drawn. */
  readonly truth: Matrix<Float32Array>;
  /** softmax(log truth / temperature): a temperature below 1 is too sure of itself. */
  readonly proba: Matrix<Float32Array>;
  readonly labels: Uint8Array;
}

/** Labels drawn from random probabilities, and a model whose logits are those of the truth over a temperature. */
export function plantedRows({ rows, seed, temperature, columns = 10 }: { rows: number; seed: number; temperature: number; columns?: number }): PlantedRows {
  const random = createRandom(seed);
  const [truth, proba] = [new Float32Array(rows * columns), new Float32Array(rows * columns)];
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const top = random.integer(columns);
    const logits = Array.from({ length: columns }, (_, k) => 0.7 * random.normal() + (k === top ? 3 * random.uniform() : 0));
    const right = softmax(logits);
    truth.set(right, row * columns);
    proba.set(softmax(logits.map((logit) => logit / temperature)), row * columns);
    let left = random.uniform();
    labels[row] = right.findIndex((p, k) => (left -= p) < 0 || k === columns - 1);
  }
  return { truth: { rows, columns, data: truth }, proba: { rows, columns, data: proba }, labels };
}

function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
