import type { NetworkOperation, NetworkOperator, ValueId } from './network-graph.js';

/** The values that an operation reads, constants included, in the order of its fields. */
export function inputsOf(operation: NetworkOperation): readonly ValueId[] {
  switch (operation.type) {
    case 'conv2d': case 'depthwiseConv2d': case 'dense':
      return [operation.input, operation.kernel, ...(operation.bias === undefined ? [] : [operation.bias])];
    case 'add': case 'multiply': case 'maximum': case 'minimum': case 'batchMatMul':
      return [operation.a, operation.b];
    case 'concatenate':
      return operation.inputs;
    case 'maxPool2d': case 'averagePool2d': case 'reduce': case 'activation': case 'softmax': case 'standardise': case 'reshape': case 'transpose': case 'pad':
      return [operation.input];
  }
}

/** The operator on other numbers for its values. */
export function renumbered(operator: NetworkOperator, to: (value: ValueId) => ValueId): NetworkOperator {
  const output = to(operator.output);
  switch (operator.type) {
    case 'conv2d': case 'depthwiseConv2d': case 'dense':
      return { ...operator, output, input: to(operator.input), kernel: to(operator.kernel), ...(operator.bias === undefined ? {} : { bias: to(operator.bias) }) };
    case 'add': case 'multiply': case 'maximum': case 'minimum': case 'batchMatMul':
      return { ...operator, output, a: to(operator.a), b: to(operator.b) };
    case 'concatenate':
      return { ...operator, output, inputs: operator.inputs.map(to) };
    case 'maxPool2d': case 'averagePool2d': case 'reduce': case 'activation': case 'softmax': case 'standardise': case 'reshape': case 'transpose': case 'pad':
      return { ...operator, output, input: to(operator.input) };
  }
}
