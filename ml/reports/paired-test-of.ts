import type { Evaluation, PairedTest } from '../../shared/metrics.js';

/** The McNemar test of two models, turned so that `a` is the first of them; undefined where they were not compared. */
export function pairedTestOf({ paired }: Evaluation, a: string, b: string): PairedTest | undefined {
  const test = paired.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  if (!test || test.a === a) return test;
  return { a, b, onlyACorrect: test.onlyBCorrect, onlyBCorrect: test.onlyACorrect, pValue: test.pValue };
}
