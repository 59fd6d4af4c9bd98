import type { Bases } from '../../ml/ensembles/ensemble.js';
import type { Matrix } from '../../ml/matrix.js';
import { createRandom } from '../../ml/random.js';

/** `rows` labels: row i is the digit i mod 10. */
export function labelsOf(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => row % 10);
}

/** A base that gives `sure` to `answer(row)` and shares the rest among the other digits. */
export function answering(rows: number, answer: (row: number) => number, sure: number | ((row: number) => number) = 0.91): Matrix<Float32Array> {
  const data = new Float32Array(rows * 10);
  for (let row = 0; row < rows; row++) {
    const certainty = typeof sure === 'number' ? sure : sure(row);
    for (let k = 0; k < 10; k++) data[row * 10 + k] = k === answer(row) ? certainty : (1 - certainty) / 9;
  }
  return { rows, columns: 10, data };
}

/**
 * Bases that know the digit in a share of the rows (their skill), each independently, and guess it otherwise; who has some skill is less
 * sure where it guesses, one without any is always as sure.
 */
export function madeUpBases(labels: Uint8Array, skills: Readonly<Record<string, number>>, seed: number): Bases {
  const random = createRandom(seed);
  const probabilities = Object.values(skills).map((skill) => {
    const known = Array.from(labels, () => random.uniform() < skill);
    const guesses = Array.from(labels, () => random.integer(10));
    return answering(labels.length, (row) => (known[row] ? labels[row] : guesses[row]) ?? 0, (row) => (known[row] || skill === 0 ? 0.55 : 0.28));
  });
  return { names: Object.keys(skills), probabilities };
}
