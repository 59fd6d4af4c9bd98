/** P(y = 1 | score) = 1 / (1 + exp(-(slope x score + offset))). */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

const ITERATIONS = 100;
const FLAT = 1e-10;
const RIDGE = 1e-12; // keeps the Hessian positive where all scores are equal
const SMALLEST_STEP = 1e-10;
const ROUNDING = 2 ** -48; // of the sum of many losses

/**
 * Platt scaling of one score ("Probabilistic Outputs for Support Vector Machines", 1999) by Newton's method with backtracking (Lin, Lin
 * and Weng 2007). The targets are Platt's, (n+ + 1) / (n+ + 2) and 1 / (n- + 2), so that separable scores, or a class without rows, give
 * finite numbers.
 */
export function fitSigmoid(scores: Float64Array, positive: Uint8Array): Sigmoid {
  let hits = 0;
  for (let row = 0; row < positive.length; row++) hits += positive[row];
  const [high, low] = [(hits + 1) / (hits + 2), 1 / (positive.length - hits + 2)];
  const lossAt = (slope: number, offset: number): number => {
    let sum = 0;
    for (let row = 0; row < scores.length; row++) {
      const z = slope * scores[row] + offset;
      sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (positive[row] ? high : low) * z;
    }
    return sum / scores.length;
  };

  let [slope, offset] = [0, Math.log((hits + 1) / (positive.length - hits + 1))];
  let loss = lossAt(slope, offset);
  for (let i = 0; i < ITERATIONS; i++) {
    const { gs, go, ss, so, oo } = derivatives(scores, positive, high, low, slope, offset);
    if (Math.max(Math.abs(gs), Math.abs(go)) <= FLAT) break;
    const determinant = ss * oo - so * so;
    const [ds, dOffset] = [-(oo * gs - so * go) / determinant, -(ss * go - so * gs) / determinant];
    const descent = gs * ds + go * dOffset;
    if (-descent <= ROUNDING * loss) {
      // What is left to descend no longer shows in the loss, so that no backtracking could judge the step.
      slope += ds;
      offset += dOffset;
      break;
    }
    let step = 1;
    let next = lossAt(slope + ds, offset + dOffset);
    while (next > loss + 1e-4 * step * descent && step > SMALLEST_STEP) {
      step /= 2;
      next = lossAt(slope + step * ds, offset + step * dOffset);
    }
    if (step <= SMALLEST_STEP) break; // rounding hides what descent is left
    slope += step * ds;
    offset += step * dOffset;
    loss = next;
  }
  return { slope, offset };
}

/** Gradient and Hessian of the mean loss, by slope (s) and offset (o). */
function derivatives(
  scores: Float64Array, positive: Uint8Array, high: number, low: number, slope: number, offset: number,
): { gs: number; go: number; ss: number; so: number; oo: number } {
  let [gs, go, ss, so, oo] = [0, 0, 0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const p = sigmoid(slope * scores[row] + offset);
    const gap = p - (positive[row] ? high : low);
    const weight = p * (1 - p);
    gs += gap * scores[row];
    go += gap;
    ss += weight * scores[row] * scores[row];
    so += weight * scores[row];
    oo += weight;
  }
  const n = scores.length;
  return { gs: gs / n, go: go / n, ss: ss / n + RIDGE, so: so / n, oo: oo / n + RIDGE };
}

/** The logistic function, without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}
