import { affineQuantization, PIXEL_QUANTIZATION } from '../../compression/affine-quantization.js';
import type { AffineQuantization } from '../../compression/affine-quantization.js';
import type { ValueRanges } from '../../compression/graph/value-quantization.js';
import type { NetworkGraph, NetworkOperator, ValueId } from '../network/network-graph.js';
import { inputsOf } from '../network/operator-values.js';

/**
 * The activations that an int8 model keeps in uint8, with their scales: what a convolution gives, and what ONNX Runtime reads so
 * (products, sums, means, concatenations). The last product's logits, and what only float32 operators read, stay float32.
 */
export function quantizedValues(graph: NetworkGraph, ranges: ValueRanges): ReadonlyMap<ValueId, AffineQuantization> {
  const isActivation = (value: ValueId): boolean => graph.values[value].data === undefined;
  const read = new Set<ValueId>();
  for (const operator of graph.operators.toReversed()) {
    const inputs = inputsOf(operator).filter(isActivation);
    // What keeps its input's scale is read so where its output is.
    if (keepsScale(operator) ? read.has(operator.output) : readsWhole(operator, inputs.length)) for (const input of inputs) read.add(input);
  }
  const quantized = new Map<ValueId, AffineQuantization>();
  const give = (value: ValueId): void => {
    const range = ranges.get(value);
    if (range) quantized.set(value, affineQuantization(...range));
  };
  if (read.has(graph.input)) quantized.set(graph.input, PIXEL_QUANTIZATION);
  for (const operator of graph.operators) {
    const isConvolution = operator.type === 'conv2d' || operator.type === 'depthwiseConv2d';
    if (!keepsScale(operator) && (read.has(operator.output) || isConvolution)) give(operator.output);
  }
  return quantized;
}

function keepsScale({ type }: NetworkOperator): boolean {
  return type === 'maxPool2d' || type === 'reshape' || type === 'transpose';
}

function readsWhole(operator: NetworkOperator, activations: number): boolean {
  switch (operator.type) {
    case 'conv2d': case 'depthwiseConv2d': case 'dense': case 'averagePool2d': case 'concatenate':
      return true;
    case 'add': case 'multiply': case 'batchMatMul':
      return activations === 2;
    case 'reduce':
      return operator.how === 'mean' && operator.axes.length === 2;
    case 'activation':
      return operator.kind === 'leakyRelu' || operator.kind === 'sigmoid' || operator.kind === 'swish';
    case 'maxPool2d': case 'reshape': case 'transpose': case 'softmax': case 'standardise': case 'maximum': case 'minimum': case 'pad':
      return false;
  }
}
