import { InvalidConfigError } from '../../shared/errors.js';

/**
 * The threshold of split conformal prediction: the ceil((n + 1)(1 - alpha))-th smallest of n scores, which a further exchangeable score
 * does not exceed with probability at least 1 - alpha (Vovk, Gammerman and Shafer 2005). Where n is below 1 / alpha - 1 no score is
 * high enough, and it is Infinity: every class belongs to the set.
 * @param sorted scores, ascending.
 * @throws InvalidConfigError unless 0 < alpha < 1.
 */
export function conformalQuantile(sorted: Float64Array, alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new InvalidConfigError(`alpha is ${alpha}: expected a number between 0 and 1, both excluded.`);
  const wanted = (sorted.length + 1) * (1 - alpha);
  const rank = Math.ceil(wanted - 1e-9 * wanted); // 10 x (1 - 0.7) is a little more than 3
  return rank > sorted.length ? Infinity : sorted[rank - 1];
}
