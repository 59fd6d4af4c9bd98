import type { NetworkGraph, NetworkOperator, ValueId } from '../../export/network/network-graph.js';
import { singleOperator } from '../../export/tflite/network/lower-activation.js';

/**
 * The operations that an int8 file computes in float32. TFLite has int8 kernels for all the others; these are put together from
 * operators whose steps span too many powers of two for 256 numbers: standardisation (its variance), and the activations without an
 * operator of their own (selu, softplus, hardSigmoid, elu with another bound). The multiplication and the addition of constants that
 * follow (a layer normalisation's) stay in float32 with them.
 */
export function floatOperators({ values, operators }: NetworkGraph): ReadonlySet<NetworkOperator> {
  const computed = new Set<ValueId>();
  return new Set(operators.filter((operator) => {
    const isFloat = operator.type === 'multiply' || operator.type === 'add'
      ? [[operator.a, operator.b], [operator.b, operator.a]].some(([from, other]) => computed.has(from) && values[other].data)
      : operator.type === 'standardise' || (operator.type === 'activation' && operator.kind !== 'swish' && !singleOperator(operator));
    if (isFloat) computed.add(operator.output);
    return isFloat;
  }));
}
