import type { WeightLayout } from '../graph/weight-layout.js';
import type { AdamOptions, OptimiserOptions } from './optimiser-options.js';
import type { EngineState } from './training-engine.js';

/** An optimiser over flat arrays: the eager engine's. */
export interface FlatOptimiser {
  /** Its memory before the first step, by name. */
  initial(): EngineState;
  /** Changes `weights` and its own arrays in the state; `count` is 1 in the first step. The gradient is changed in place when it is clipped or penalised. */
  step(state: EngineState, gradient: Float32Array, count: number, learningRate: number): void;
}

/** The optimiser of these options; decay spares weights of one axis, and is decoupled but for plain Adam. */
export function flatOptimiser(options: OptimiserOptions, clipNorm: number, { trained, parameters }: WeightLayout): FlatOptimiser {
  const update = options.kind === 'sgd' ? momentumStep(options) : adamStep(options);
  const kernels = trained.filter(({ shape }) => shape.length > 1);
  /** to += by times from, for kernels. */
  const addKernels = (to: Float32Array, by: number, from: Float32Array): void => {
    for (const { offset, length } of kernels) for (let i = offset; i < offset + length; i++) to[i] += by * from[i];
  };
  return {
    initial: () => Object.fromEntries(update.slots.map((name) => [name, new Float32Array(parameters)])),
    step(state, gradient, count, learningRate) {
      if (clipNorm > 0) clip(gradient, clipNorm);
      const { weights } = state;
      if (options.kind === 'adam') addKernels(gradient, options.weightDecay, weights);
      const keep = options.kind === 'adam' ? 0 : learningRate * options.weightDecay;
      const before = keep > 0 ? weights.slice() : weights;
      update.apply(weights, gradient, state, count, learningRate);
      if (keep > 0) addKernels(weights, -keep, before);
    },
  };
}

interface Update {
  readonly slots: readonly string[];
  apply(weights: Float32Array, gradient: Float32Array, state: EngineState, count: number, learningRate: number): void;
}

/** Kingma and Ba, "Adam". */
function adamStep({ beta1, beta2, epsilon }: AdamOptions): Update {
  return {
    slots: ['slot.mean', 'slot.variance'],
    apply(weights, gradient, { 'slot.mean': mean, 'slot.variance': variance }, count, learningRate) {
      const rate = learningRate / (1 - beta1 ** count);
      const unbias = 1 / (1 - beta2 ** count);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i];
        const m = beta1 * mean[i] + (1 - beta1) * g;
        const v = beta2 * variance[i] + (1 - beta2) * g * g;
        mean[i] = m;
        variance[i] = v;
        weights[i] -= (rate * m) / (Math.sqrt(v * unbias) + epsilon);
      }
    },
  };
}

/** Sutskever et al., "On the Importance of Initialization and Momentum in Deep Learning", in PyTorch's form. */
function momentumStep({ momentum, nesterov }: Extract<OptimiserOptions, { kind: 'sgd' }>): Update {
  return {
    slots: ['slot.velocity'],
    apply(weights, gradient, { 'slot.velocity': velocity }, _, learningRate) {
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = momentum * velocity[i] + gradient[i];
        weights[i] -= learningRate * (nesterov ? gradient[i] + momentum * velocity[i] : velocity[i]);
      }
    },
  };
}

function clip(gradient: Float32Array, most: number): void {
  let square = 0;
  for (const value of gradient) square += value * value;
  const norm = Math.sqrt(square);
  if (norm > most) for (let i = 0; i < gradient.length; i++) gradient[i] *= most / norm;
}
