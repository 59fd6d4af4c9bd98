import type { PairedTest } from '../../shared/metrics.js';

/** One model's name and its predictions. */
export interface NamedPredictions {
  readonly name: string;
  readonly predicted: Uint8Array;
}

/**
 * The exact McNemar test of two models on the same images: were the images that only one of them gets right split like tosses of
 * a fair coin? Two-sided binomial p-value, summed in logarithms, so that it does not underflow before its sum does.
 */
export function mcnemar(a: NamedPredictions, b: NamedPredictions, labels: Uint8Array): PairedTest {
  let onlyA = 0;
  let onlyB = 0;
  for (let row = 0; row < labels.length; row++) {
    const rightA = a.predicted[row] === labels[row];
    const rightB = b.predicted[row] === labels[row];
    if (rightA && !rightB) onlyA++;
    else if (rightB && !rightA) onlyB++;
  }
  return { a: a.name, b: b.name, onlyACorrect: onlyA, onlyBCorrect: onlyB, pValue: twoSided(Math.min(onlyA, onlyB), onlyA + onlyB) };
}

/** P(at most `few` or at least `tosses - few` heads) of a fair coin. */
function twoSided(few: number, tosses: number): number {
  if (2 * few >= tosses - 1) return 1;
  let term = -tosses * Math.LN2; // log of P(0 heads)
  let largest = term;
  const terms = [term];
  for (let heads = 1; heads <= few; heads++) {
    term += Math.log((tosses - heads + 1) / heads);
    terms.push(term);
    largest = Math.max(largest, term);
  }
  const tail = largest + Math.log(terms.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  return Math.min(1, 2 * Math.exp(tail));
}
