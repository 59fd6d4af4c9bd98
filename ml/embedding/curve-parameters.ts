import { InvalidConfigError } from '../../shared/errors.js';

const SAMPLES = 300;
const RANGE = 3; // umap-learn's, for a spread of 1
const ROUNDS = 100;

/**
 * The a and b with which 1 / (1 + a d^2b) is nearest, in the least squares, to UMAP's wanted similarity of two points of the map:
 * 1 up to the minimal distance, exp(-(d - minDistance)) beyond it. Levenberg and Marquardt's method.
 * @throws InvalidConfigError when the distance is not from 0 to below 3.
 */
export function curveParameters(minDistance: number): { readonly a: number; readonly b: number } {
  if (!(minDistance >= 0 && minDistance < RANGE)) throw new InvalidConfigError(`UMAP: a minimal distance of ${minDistance}; expected one from 0 to below ${RANGE}.`);
  const distances = Float64Array.from({ length: SAMPLES }, (_, i) => (RANGE * i) / (SAMPLES - 1));
  const wanted = distances.map((d) => (d < minDistance ? 1 : Math.exp(minDistance - d)));
  let best = { a: 1, b: 1 };
  let error = squaredError(distances, wanted, best);
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS; round++) {
    const { aa, ab, bb, a, b } = normalEquations(distances, wanted, best);
    const determinant = aa * (1 + damping) * bb * (1 + damping) - ab * ab;
    const next = { a: best.a + (bb * (1 + damping) * a - ab * b) / determinant, b: best.b + (aa * (1 + damping) * b - ab * a) / determinant };
    const nextError = next.a > 0 && next.b > 0 ? squaredError(distances, wanted, next) : Infinity;
    if (nextError < error) {
      [best, error, damping] = [next, nextError, damping / 10];
    } else {
      damping *= 10;
    }
  }
  return best;
}

function squaredError(distances: Float64Array, wanted: Float64Array, { a, b }: { a: number; b: number }): number {
  return distances.reduce((sum, d, i) => sum + (wanted[i] - 1 / (1 + a * d ** (2 * b))) ** 2, 0);
}

/** Sums of the products of the derivatives by a and b, and of each with what is left to explain. */
function normalEquations(distances: Float64Array, wanted: Float64Array, { a, b }: { a: number; b: number }): Record<'aa' | 'ab' | 'bb' | 'a' | 'b', number> {
  const sums = { aa: 0, ab: 0, bb: 0, a: 0, b: 0 };
  distances.forEach((d, i) => {
    if (d === 0) return;
    const power = d ** (2 * b);
    const value = 1 / (1 + a * power);
    const byA = -power * value * value;
    const byB = 2 * a * Math.log(d) * byA;
    const left = wanted[i] - value;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.a += byA * left;
    sums.b += byB * left;
  });
  return sums;
}
