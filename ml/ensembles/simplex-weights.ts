/** Weights of a mixture, and how far from the best they can be. */
export interface SimplexWeights {
  /** Not negative, sum 1. */
  readonly weights: Float64Array;
  /** Mean log-loss at the weights, in nats. */
  readonly loss: number;
  /** Bound of how much less the loss can be. */
  readonly gap: number;
  readonly iterations: number;
}

const SUM_TOLERANCE = 1e-12;

/**
 * The weights w >= 0, sum w = 1, that minimise the mean of -log(sum of w_b p_b): mixture proportions by expectation maximisation
 * (Dempster, Laird and Rubin 1977), which keeps to the simplex by itself and never raises the loss. The problem is convex: at the best
 * weights the mean of p_b / mixture is 1 for every base in use and at most 1 for the others, and its excess over 1 bounds what is left
 * to gain. Bases that are equal share their weight equally.
 * @param own for each base, the probability of each row's label, above 0: float64 [rows].
 * @param options.onIteration lets messages out and an abort in.
 */
export async function simplexWeights(
  own: readonly Float64Array[],
  { maxIterations, tolerance, onIteration }: { readonly maxIterations: number; readonly tolerance: number; readonly onIteration?: (iteration: number, loss: number) => Promise<void> },
): Promise<SimplexWeights> {
  const rows = own[0].length;
  let weights = new Float64Array(own.length).fill(1 / own.length);
  const mixture = new Float64Array(rows);
  for (let iteration = 0; ; iteration++) {
    mix(own, weights, mixture);
    const gains = own.map((p) => meanRatio(p, mixture));
    const gap = Math.max(...gains) - 1;
    if (gap <= tolerance || iteration >= maxIterations) return { weights, loss: meanLogLoss(mixture), gap: Math.max(0, gap), iterations: iteration };
    await onIteration?.(iteration, meanLogLoss(mixture));
    weights = weights.map((weight, b) => weight * gains[b]);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 1) > SUM_TOLERANCE) weights = weights.map((weight) => weight / sum);
  }
}

function mix(own: readonly Float64Array[], weights: Float64Array, mixture: Float64Array): void {
  mixture.fill(0);
  for (const [b, p] of own.entries()) {
    const weight = weights[b];
    for (let row = 0; row < p.length; row++) mixture[row] += weight * p[row];
  }
}

function meanRatio(p: Float64Array, mixture: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < p.length; row++) sum += p[row] / mixture[row];
  return sum / p.length;
}

function meanLogLoss(mixture: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < mixture.length; row++) sum -= Math.log(mixture[row]);
  return sum / mixture.length;
}
