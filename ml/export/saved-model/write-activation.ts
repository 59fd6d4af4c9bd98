import type { Activate, NetworkOperator } from '../network/network-graph.js';
import type { GraphScope } from './graph-scope.js';

const LEAKY_SLOPE = 0.3; // tf.layers' default, where a graph does not say
const SINGLE = { relu: 'Relu', relu6: 'Relu6', selu: 'Selu', sigmoid: 'Sigmoid', tanh: 'Tanh', softplus: 'Softplus' } as const;

/** An activation; those without an operation of their own are put together. Gives its node. */
export function writeActivation(scope: GraphScope, { kind, input, output, alpha }: Activate & Pick<NetworkOperator, 'output'>): string {
  const x = scope.read(input);
  const step = (part: string, op: string, ...inputs: readonly string[]): string => scope.step(output, part, op, inputs);
  const number = (part: string, value: number): string => scope.number(output, part, value);
  switch (kind) {
    case 'relu': case 'relu6': case 'selu': case 'sigmoid': case 'tanh': case 'softplus':
      return scope.give(output, SINGLE[kind], [x]);
    case 'leakyRelu':
      return scope.give(output, 'LeakyRelu', [x], { alpha: { f: alpha ?? LEAKY_SLOPE } });
    case 'swish':
      return scope.give(output, 'Mul', [x, step('share', 'Sigmoid', x)]);
    case 'gelu': {
      const share = step('plus_one', 'AddV2', step('erf', 'Erf', step('scaled', 'Mul', x, number('root_half', Math.SQRT1_2))), number('one', 1));
      return scope.give(output, 'Mul', [step('halved', 'Mul', x, number('half', 0.5)), share]);
    }
    case 'hardSigmoid': {
      const line = step('line', 'AddV2', step('scaled', 'Mul', x, number('fifth', 0.2)), number('half', 0.5));
      return scope.give(output, 'Minimum', [step('above', 'Maximum', line, number('zero', 0)), number('one', 1)]);
    }
    case 'elu': {
      if (alpha === undefined || alpha === 1) return scope.give(output, 'Elu', [x]);
      const negative = step('negative', 'Mul', step('bent', 'Elu', step('below', 'Minimum', x, number('zero', 0))), number('bound', alpha));
      return scope.give(output, 'AddV2', [step('above', 'Relu', x), negative]);
    }
  }
}
