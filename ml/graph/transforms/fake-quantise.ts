import type { Output } from '../../../native/tensorflow/graph.js';
import type { GraphOps } from '../graph-ops.js';
import type { CodeGrid } from './code-grid.js';

/**
 * Puts x on a grid: code x step. Rounding has the gradient 1 within the grid and 0 beyond it (straight-through); the step has the gradient
 * of learnt step sizes (Esser et al. 2020, "Learned Step Size Quantization"), code - x / step within the grid and the code beyond it.
 * @param step a number above 0, or many that broadcast against x.
 */
export function fakeQuantise(ops: GraphOps, x: Output, step: Output, { low, high, stride }: CodeGrid): Output {
  const within = ops.op('ClipByValue', [ops.op('RealDiv', [x, step]), ops.scalar(low), ops.scalar(high)]);
  const codes = stride === 1 ? ops.op('Round', [within]) : oddNumbers(ops, within);
  // The difference is exactly 0: the value is a whole number of steps, the gradient is that of `within`.
  const straight = ops.add(stopped(ops, codes), ops.sub(within, stopped(ops, within)));
  return ops.mul(straight, step);
}

/** The step that a trained logarithm stands for: it stays above 0, and its size does not matter to the learning rate. */
export function learntStep(ops: GraphOps, logarithm: Output, numbers: number, { high }: CodeGrid): Output {
  const fixed = stopped(ops, logarithm);
  // Esser et al., 2.2: the gradient grows with the numbers that share a step.
  const scale = 1 / Math.sqrt(numbers * Math.max(1, high));
  return ops.op('Exp', [ops.add(fixed, ops.mul(ops.sub(logarithm, fixed), ops.scalar(scale)))]);
}

/** A value through which no gradient goes. */
export function stopped(ops: GraphOps, x: Output): Output {
  return ops.op('StopGradient', [x]);
}

function oddNumbers(ops: GraphOps, x: Output): Output {
  const halves = ops.op('Round', [ops.mul(ops.sub(x, ops.scalar(1)), ops.scalar(0.5))]);
  return ops.add(ops.mul(halves, ops.scalar(2)), ops.scalar(1));
}
