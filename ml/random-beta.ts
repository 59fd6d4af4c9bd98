import type { Random } from './random.js';

/**
 * A number in [0, 1] from Beta(alpha, alpha), alpha > 0. Our own few lines, since a training's bits follow from them and
 * must not change with a library's next version.
 */
export function randomBeta(random: Random, alpha: number): number {
  const [first, second] = [randomGamma(random, alpha), randomGamma(random, alpha)];
  if (first + second > 0) return first / (first + second);
  return random.integer(2); // both are too small for a double: such an alpha gives 0 or 1
}

/** Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", scale 1; their note serves shapes below 1. */
function randomGamma(random: Random, shape: number): number {
  if (shape < 1) return randomGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}
