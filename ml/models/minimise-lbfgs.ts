import { DivergedError } from '../../shared/errors.js';

export interface LbfgsOptions {
  readonly maxIterations: number;
  /** Stops when no component of the gradient is larger. */
  readonly tolerance: number;
  /** Turns a gradient, in place, into an approximate Newton step of positive scale; identity when absent. */
  readonly precondition?: (vector: Float64Array) => void;
  /** After each iteration, with its solution (not to be changed); 'stop' ends the search there. */
  readonly onIteration?: (iteration: number, value: number, largestGradient: number, x: Float64Array) => Promise<'stop' | void>;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MEMORY = 10;
const SUFFICIENT = 1e-4; // Armijo's constant
const SMALLEST_STEP = 1e-10;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989) for a smooth convex function: two-loop recursion over ten pairs, an optional
 * preconditioner as the initial Hessian, backtracking line search.
 * @param objective value at x; writes the gradient.
 * @throws DivergedError when the value is not finite.
 */
export async function minimiseLbfgs(
  objective: (x: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  { maxIterations, tolerance, precondition = () => undefined, onIteration }: LbfgsOptions,
): Promise<Minimum> {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = finite(objective(x, gradient));
  const pairs: Pair[] = [];
  let iterations = 0;
  for (; iterations < maxIterations && largest(gradient) > tolerance; iterations++) {
    const direction = descentDirection(gradient, pairs, precondition);
    const slope = dot(direction, gradient);
    const trial = new Float64Array(x.length);
    const trialGradient = new Float64Array(x.length);
    let step = 1;
    let trialValue: number;
    for (;;) {
      for (let i = 0; i < x.length; i++) trial[i] = x[i] + step * direction[i];
      trialValue = finite(objective(trial, trialGradient));
      if (trialValue <= value + SUFFICIENT * step * slope || step < SMALLEST_STEP) break;
      step *= Math.max(0.1, Math.min(0.5, (-slope * step) / (2 * (trialValue - value - slope * step)))); // the parabola's minimum
    }
    if (step < SMALLEST_STEP) return { x, value, iterations, converged: false }; // rounding hides what descent is left
    remember(pairs, x, trial, gradient, trialGradient);
    x = trial;
    gradient = trialGradient;
    value = trialValue;
    if (await onIteration?.(iterations + 1, value, largest(gradient), x) === 'stop') {
      iterations += 1;
      break;
    }
  }
  return { x, value, iterations, converged: largest(gradient) <= tolerance };
}

/** A step, the change of the gradient along it, and 1 / their product. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

function remember(pairs: Pair[], x: Float64Array, next: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
  const s = next.map((value, i) => value - x[i]);
  const y = nextGradient.map((value, i) => value - gradient[i]);
  const product = dot(s, y);
  if (!(product > 1e-300)) return; // no curvature along the step: the pair would not keep the Hessian positive
  if (pairs.length === MEMORY) pairs.shift();
  pairs.push({ s, y, rho: 1 / product });
}

function descentDirection(gradient: Float64Array, pairs: readonly Pair[], precondition: (vector: Float64Array) => void): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { s, y, rho } = pairs[p];
    alphas[p] = rho * dot(s, q);
    addScaled(q, y, -alphas[p]);
  }
  precondition(q);
  const last = pairs.at(-1);
  if (last) {
    const image = last.y.slice();
    precondition(image);
    const scale = 1 / (last.rho * dot(last.y, image));
    for (let i = 0; i < q.length; i++) q[i] *= scale;
  }
  for (const [p, { s, y, rho }] of pairs.entries()) addScaled(q, s, alphas[p] - rho * dot(y, q));
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i] += scale * from[i];
}

function largest(values: Float64Array): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) max = Math.max(max, Math.abs(values[i]));
  return max;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new DivergedError(`The loss is ${value}: check the scale of the input and the penalty.`);
  return value;
}
