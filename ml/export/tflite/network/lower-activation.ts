import type { Activate, NetworkOperator } from '../../network/network-graph.js';
import type { OperatorSettings, TfliteScope } from './tflite-scope.js';

const LEAKY_SLOPE = 0.3; // tf.layers' default, where a graph does not say
/** Klambauer et al. 2017, "Self-Normalizing Neural Networks". */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

type ActivationOperator = Activate & Pick<NetworkOperator, 'layer' | 'output'>;

/** Adds the operators of an activation; those without an operator of their own are put together. */
export function lowerActivation(scope: TfliteScope, operator: ActivationOperator): void {
  const single = singleOperator(operator);
  if (single) scope.emit(single, [scope.read(operator.input)], scope.write(operator.output));
  else composed(scope, operator);
}

/** The operator that is this activation, if there is one. */
export function singleOperator({ kind, alpha = kind === 'leakyRelu' ? LEAKY_SLOPE : 1 }: Activate): OperatorSettings | undefined {
  switch (kind) {
    case 'relu':
    case 'relu6':
    case 'tanh':
      return { type: kind };
    case 'sigmoid':
      return { type: 'logistic' };
    case 'gelu':
      return { type: 'gelu', approximate: false };
    case 'leakyRelu':
      return { type: 'leakyRelu', alpha: Math.fround(alpha) };
    case 'elu':
      return alpha === 1 ? { type: 'elu' } : undefined;
    case 'selu':
    case 'softplus':
    case 'swish':
    case 'hardSigmoid':
      return undefined;
  }
}

function composed(scope: TfliteScope, { kind, input, output, layer, alpha = 1 }: ActivationOperator): void {
  const shape = scope.shape(input);
  const x = scope.read(input);
  /** Adds an operator of x's shape with a tensor for its result, which it returns. */
  const step = (part: string, settings: OperatorSettings, inputs: readonly number[]): number => {
    const result = scope.temporary(`${layer}/${part}`, shape, settings.type === 'logistic' ? 'share' : 'real');
    scope.emit(settings, inputs, result);
    return result;
  };
  const number = (part: string, value: number): number => scope.number(`${layer}/${part}`, value);
  const times = (part: string, a: number, factor: number): number => step(part, MULTIPLY, [a, number(`${part}_factor`, factor)]);
  if (kind === 'swish') {
    scope.emit(MULTIPLY, [x, step('share', { type: 'logistic' }, [x])], scope.write(output));
  } else if (kind === 'hardSigmoid') {
    // clip(x / 5 + 1 / 2, 0, 1), by the clipping to [0, 6] that an addition brings
    const sixfold = step('clipped', { type: 'add', activation: 'relu6' }, [times('scaled', x, 1.2), number('three', 3)]);
    scope.emit(MULTIPLY, [sixfold, number('sixth', 1 / 6)], scope.write(output));
  } else if (kind === 'softplus') {
    // log(1 + e^x) = max(x, 0) - log(sigmoid(|x|)), which does not overflow
    const logarithm = step('logarithm', { type: 'log' }, [step('share', { type: 'logistic' }, [step('magnitude', { type: 'abs' }, [x])])]);
    scope.emit({ type: 'sub', activation: 'linear' }, [step('positive', { type: 'relu' }, [x]), logarithm], scope.write(output));
  } else {
    const [bound, scale] = kind === 'selu' ? [SELU.alpha * SELU.scale, SELU.scale] : [alpha, 1];
    const negative = times('negative', step('bent', { type: 'elu' }, [step('below', { type: 'minimum' }, [x, number('zero', 0)])]), bound);
    scope.emit({ type: 'add', activation: 'linear' }, [times('positive', step('above', { type: 'relu' }, [x]), scale), negative], scope.write(output));
  }
}

const MULTIPLY = { type: 'mul', activation: 'linear' } as const;
