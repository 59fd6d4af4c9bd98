import type { Output } from '../../../native/tensorflow/graph.js';
import { unknownSetting } from '../layer-scope.js';
import type { Emitter, LayerScope } from '../layer-scope.js';
import type { GraphOps } from '../graph-ops.js';

type Activate = (ops: GraphOps, x: Output) => Output;

const plain = (type: string): Activate => ({ op }, x) => op(type, [x]);

/** 0.5 x (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel, "Gaussian Error Linear Units"). */
const gelu: Activate = (ops, x) => ops.mul(ops.mul(x, like(ops, x, 0.5)), ops.add(ops.op('Erf', [ops.mul(x, like(ops, x, Math.SQRT1_2))]), like(ops, x, 1)));

const ACTIVATIONS: Readonly<Record<string, Activate>> = {
  linear: (_, x) => x,
  relu: plain('Relu'),
  relu6: plain('Relu6'),
  elu: plain('Elu'),
  selu: plain('Selu'),
  sigmoid: plain('Sigmoid'),
  tanh: plain('Tanh'),
  softmax: plain('Softmax'),
  softplus: plain('Softplus'),
  swish: (ops, x) => ops.mul(x, ops.op('Sigmoid', [x])),
  gelu,
  hard_sigmoid: (ops, x) => ops.op('ClipByValue', [ops.add(ops.mul(x, like(ops, x, 0.2)), like(ops, x, 0.5)), like(ops, x, 0), like(ops, x, 1)]),
};

/** tf.layers writes some names in camelCase. */
const ALIASES: Readonly<Record<string, string>> = { hardSigmoid: 'hard_sigmoid', silu: 'swish', geluNew: 'gelu_new' };

/** @throws InvalidModelError for an activation that is not compiled. */
export function activate(scope: LayerScope, name: unknown, x: Output): Output {
  const known = ACTIVATIONS[ALIASES[String(name)] ?? String(name)];
  if (!known) throw unknownSetting(scope, 'activation', name);
  return known(scope.ops, x);
}

function like(ops: GraphOps, x: Output, value: number): Output {
  return ops.scalar(value, ops.graph.typeOf(x) ?? 'float32');
}

/** Layers that are an activation. */
export const activationEmitters: Readonly<Record<string, Emitter>> = {
  Activation: (scope, [x]) => activate(scope, scope.config['activation'], x),
  Softmax: (scope, [x]) => {
    const axis = Number(scope.config['axis'] ?? -1);
    if (axis !== -1 && axis !== scope.ops.shape(x).length - 1) throw unknownSetting(scope, 'axis', axis);
    return activate(scope, 'softmax', x);
  },
  ELU: (scope, [x]) => {
    if ((scope.config['alpha'] ?? 1) !== 1) throw unknownSetting(scope, 'alpha', scope.config['alpha']);
    return activate(scope, 'elu', x);
  },
  ReLU: (scope, [x]) => {
    const most = scope.config['max_value'] ?? null;
    if (most !== null && most !== 6) throw unknownSetting(scope, 'max_value', most);
    return activate(scope, most === 6 ? 'relu6' : 'relu', x);
  },
  LeakyReLU: (scope, [x]) => scope.ops.op('LeakyRelu', [x], { alpha: { float: Number(scope.config['alpha'] ?? 0.3) } }),
};
