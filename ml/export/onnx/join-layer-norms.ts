import type { Binary, NetworkGraph, NetworkOperator, ValueId } from '../network/network-graph.js';

/** Standardisation along the last axis, times gamma, plus beta (constants of that axis). */
export interface LayerNorm {
  readonly type: 'layerNorm';
  readonly input: ValueId;
  readonly gamma?: ValueId;
  readonly beta?: ValueId;
  readonly epsilon: number;
  readonly output: ValueId;
}

/** The graph's operators with each layer normalisation, which is up to three of them there, as the one that ONNX has. */
export function joinLayerNorms({ operators, values, output }: NetworkGraph): (NetworkOperator | LayerNorm)[] {
  const joined: (NetworkOperator | LayerNorm)[] = [];
  for (const operator of operators) {
    const before = joined.at(-1);
    const whole = before?.type === 'layerNorm' && isReadOnce(before.output) ? extended(before, operator) : undefined;
    if (whole) joined[joined.length - 1] = whole;
    else joined.push(asLayerNorm(operator) ?? operator);
  }
  return joined;

  function asLayerNorm(operator: NetworkOperator): LayerNorm | undefined {
    if (operator.type !== 'standardise' || operator.axes.join() !== String(values[operator.input].shape.length - 1)) return undefined;
    return { type: 'layerNorm', input: operator.input, epsilon: operator.epsilon, output: operator.output };
  }

  function extended(norm: LayerNorm, operator: NetworkOperator): LayerNorm | undefined {
    if (operator.type === 'multiply' && norm.gamma === undefined && norm.beta === undefined && isOfLastAxis(operator, norm)) return { ...norm, gamma: operator.b, output: operator.output };
    if (operator.type === 'add' && norm.beta === undefined && isOfLastAxis(operator, norm)) return { ...norm, beta: operator.b, output: operator.output };
    return undefined;
  }

  function isOfLastAxis({ a, b }: Binary, norm: LayerNorm): boolean {
    const { data, shape } = values[b];
    return a === norm.output && data !== undefined && shape.length === 1 && shape[0] === values[norm.output].shape.at(-1);
  }

  function isReadOnce(value: ValueId): boolean {
    return value !== output && operators.flatMap(readBy).filter((read) => read === value).length === 1;
  }
}

function readBy(operator: NetworkOperator): readonly ValueId[] {
  if ('inputs' in operator) return operator.inputs;
  return 'a' in operator ? [operator.a, operator.b] : [operator.input];
}
