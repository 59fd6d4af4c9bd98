import type { ActivationKind, ValueId } from '../network-graph.js';
import { unexportable } from '../lowering-scope.js';
import type { Lowering, LoweringScope } from '../lowering-scope.js';

/** By the names of tf.layers and of Keras. */
const KINDS: Readonly<Record<string, ActivationKind>> = {
  relu: 'relu', relu6: 'relu6', elu: 'elu', selu: 'selu', sigmoid: 'sigmoid', tanh: 'tanh', softplus: 'softplus', swish: 'swish', silu: 'swish', gelu: 'gelu',
  hard_sigmoid: 'hardSigmoid', hardSigmoid: 'hardSigmoid',
};

/** Applies an activation by its name. @throws InvalidModelError for one that cannot be exported. */
export function activate(scope: LoweringScope, name: unknown, input: ValueId, part?: string): ValueId {
  if (name === 'linear') return input;
  if (name === 'softmax') return scope.add({ type: 'softmax', input }, part);
  const kind = KINDS[String(name)];
  if (kind === undefined) throw unexportable(scope, 'activation', name);
  return scope.add({ type: 'activation', kind, input }, part);
}

/** Layers that are an activation. */
export const activationLowerings: Readonly<Record<string, Lowering>> = {
  Activation: (scope, [x]) => activate(scope, scope.config['activation'], x),
  Softmax: (scope, [x]) => {
    const axis = Number(scope.config['axis'] ?? -1);
    if (axis !== -1 && axis !== scope.shape(x).length) throw unexportable(scope, 'axis', axis);
    return activate(scope, 'softmax', x);
  },
  ELU: (scope, [input]) => scope.add({ type: 'activation', kind: 'elu', input, alpha: Number(scope.config['alpha'] ?? 1) }),
  ReLU: (scope, [x]) => {
    const most = scope.config['max_value'] ?? null;
    if (most !== null && most !== 6) throw unexportable(scope, 'max_value', most);
    return activate(scope, most === 6 ? 'relu6' : 'relu', x);
  },
  LeakyReLU: (scope, [input]) => scope.add({ type: 'activation', kind: 'leakyRelu', input, alpha: Number(scope.config['alpha'] ?? 0.3) }),
};
