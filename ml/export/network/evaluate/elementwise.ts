import type { Activate, ActivationKind, Binary } from '../network-graph.js';
import type { Evaluation } from './arrays.js';
import { erf } from './erf.js';
import { broadcastStrides, positions } from './positions.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const elu = (x: number, alpha: number): number => (x > 0 ? x : alpha * Math.expm1(x));
/** Klambauer et al., "Self-Normalizing Neural Networks". */
const [SELU_ALPHA, SELU_SCALE] = [1.6732632423543772, 1.0507009873554805];

const ACTIVATIONS: Readonly<Record<ActivationKind, (x: number, alpha: number | undefined) => number>> = {
  relu: (x) => Math.max(x, 0),
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  elu: (x, alpha = 1) => elu(x, alpha),
  selu: (x) => SELU_SCALE * elu(x, SELU_ALPHA),
  sigmoid,
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  swish: (x) => x * sigmoid(x),
  gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
  hardSigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  leakyRelu: (x, alpha = 0.3) => (x >= 0 ? x : alpha * x),
};

const BINARIES: Readonly<Record<Binary['type'], (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  maximum: Math.max,
  minimum: Math.min,
};

export const evaluateActivation: Evaluation<Activate> = ({ kind, alpha }, [input]) => Float64Array.from(input.data, (x) => ACTIVATIONS[kind](x, alpha));

export const evaluateBinary: Evaluation<Binary> = ({ type }, [a, b], shape) => {
  const [left, right] = [a, b].map((value) => positions(shape, broadcastStrides(value.shape, shape)));
  return Float64Array.from(left, (position, i) => BINARIES[type](a.data[position], b.data[right[i]]));
};
