import assert from 'node:assert/strict';
import { randomBeta } from '../../ml/random-beta.js';
import { createRandom } from '../../ml/random.js';

const DRAWS = 40_000;

/** Sorted draws. */
function drawn(alpha: number, seed = 1): number[] {
  const random = createRandom(seed);
  return Array.from({ length: DRAWS }, () => randomBeta(random, alpha)).sort((a, b) => a - b);
}

/** The largest distance between the draws' and a distribution function (Kolmogorov and Smirnov). */
function distance(sorted: readonly number[], below: (value: number) => number): number {
  return Math.max(...sorted.map((value, i) => Math.max(below(value) - i / DRAWS, (i + 1) / DRAWS - below(value))));
}

describe('randomBeta', () => {
  const known: readonly (readonly [alpha: number, below: (x: number) => number])[] = [
    [0.5, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
    [1, (x) => x],
    [2, (x) => x * x * (3 - 2 * x)],
    [3, (x) => x ** 3 * (10 - 15 * x + 6 * x * x)],
  ];
  for (const [alpha, below] of known) {
    it(`is distributed as Beta(${alpha}, ${alpha})`, () => {
      const limit = 1.95 / Math.sqrt(DRAWS); // at 0.001
      const found = distance(drawn(alpha), below);
      assert.ok(found < limit, `${found}, expected less than ${limit}`);
    });
  }

  for (const alpha of [0.1, 0.2, 8]) {
    it(`has the mean 1/2 and the variance 1 / (8 alpha + 4) for alpha ${alpha}`, () => {
      const values = drawn(alpha);
      const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
      assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`);
      assert.ok(Math.abs(variance * (8 * alpha + 4) - 1) < 0.03, `variance ${variance}`);
    });
  }

  it('gives 0 and 1, each half of the times, where alpha is too small for anything between', () => {
    const values = drawn(1e-6);
    assert.ok(values.every((value) => value >= 0 && value <= 1));
    const ones = values.filter((value) => value > 0.5).length / DRAWS;
    assert.ok(Math.abs(ones - 0.5) < 0.01, `${ones}`);
  });

  it('follows from the seed', () => {
    assert.deepEqual(drawn(0.4, 7), drawn(0.4, 7));
    assert.notDeepEqual(drawn(0.4, 7), drawn(0.4, 8));
  });
});
