import type { Operation, Output } from '../../native/tensorflow/graph.js';
import { flatVariable } from './flat-variable.js';
import type { FlatVariable } from './flat-variable.js';
import type { GraphOps } from './graph-ops.js';
import type { AdamOptions, OptimiserOptions } from '../training/optimiser-options.js';

/** Adds an optimiser's state and its step. */
export interface GraphOptimiser {
  /** Its memory, by name. */
  readonly slots: readonly FlatVariable[];
  /** How many numbers a step is told. */
  readonly scalars: number;
  /** The numbers of a step (1-based count) at a learning rate. */
  scalarsAt(count: number, learningRate: number): number[];
  /** Changes the weights by the gradient. */
  apply(weights: FlatVariable, gradient: Output, scalars: readonly Output[]): Operation;
}

/** @param length of the weights. */
export function graphOptimiser(ops: GraphOps, options: OptimiserOptions, length: number): GraphOptimiser {
  return options.kind === 'sgd' ? sgd(ops, options.momentum, options.nesterov, length) : adam(ops, options, length);
}

/**
 * Adam (Kingma and Ba) with epsilon outside the bias correction, as PyTorch has it: TensorFlow's kernel adds it to the uncorrected root,
 * so it is given epsilon times the correction.
 */
function adam(ops: GraphOps, { beta1, beta2, epsilon }: AdamOptions, length: number): GraphOptimiser {
  const mean = flatVariable(ops, 'slot.mean', length);
  const variance = flatVariable(ops, 'slot.variance', length);
  return {
    slots: [mean, variance],
    scalars: 4,
    scalarsAt(count, learningRate) {
      const [power1, power2] = [beta1 ** count, beta2 ** count];
      return [learningRate, power1, power2, epsilon * Math.sqrt(1 - power2)];
    },
    apply: (weights, gradient, [rate, power1, power2, smallest]) => ops.graph.add('ResourceApplyAdam', {
      inputs: [weights.handle, mean.handle, variance.handle, power1, power2, rate, ops.scalar(beta1), ops.scalar(beta2), smallest, gradient],
    }),
  };
}

/** Stochastic gradient descent with (Nesterov's) momentum in PyTorch's form (Sutskever et al.). */
function sgd(ops: GraphOps, momentum: number, nesterov: boolean, length: number): GraphOptimiser {
  const velocity = flatVariable(ops, 'slot.velocity', length);
  return {
    slots: [velocity],
    scalars: 1,
    scalarsAt: (_, learningRate) => [learningRate],
    apply: (weights, gradient, [rate]) => ops.graph.add('ResourceApplyMomentum', {
      inputs: [weights.handle, velocity.handle, rate, gradient, ops.scalar(momentum)],
      attributes: { use_nesterov: { bool: nesterov } },
    }),
  };
}
