import type { FlatWriter } from './flat-writer.js';
import {
  ACTIVATIONS, ARITHMETIC_OPTIONS, BATCH_MATMUL_OPTIONS, CONCATENATION_OPTIONS, CONV_2D_OPTIONS, DEPTHWISE_CONV_2D_OPTIONS, FULLY_CONNECTED_OPTIONS,
  GELU_OPTIONS, LEAKY_RELU_OPTIONS, PADDINGS, POOL_2D_OPTIONS, REDUCER_OPTIONS, RESHAPE_OPTIONS, SOFTMAX_OPTIONS,
} from './schema.js';
import type { TfliteOperator } from './tflite-graph.js';

/** Writes the table of an operator's settings and returns its offset; none for an operator without any. */
export function writeOptions(writer: FlatWriter, operator: TfliteOperator): number | undefined {
  switch (operator.type) {
    case 'conv2d':
      return writer.table(CONV_2D_OPTIONS, { ...windowFields(operator), activation: ACTIVATIONS[operator.activation] });
    case 'depthwiseConv2d':
      return writer.table(DEPTHWISE_CONV_2D_OPTIONS, { ...windowFields(operator), depthMultiplier: 1, activation: ACTIVATIONS[operator.activation] });
    case 'maxPool2d':
    case 'averagePool2d':
      return writer.table(POOL_2D_OPTIONS, { ...windowFields(operator), filterHeight: operator.poolSize[0], filterWidth: operator.poolSize[1] });
    case 'fullyConnected':
      return writer.table(FULLY_CONNECTED_OPTIONS, {
        activation: ACTIVATIONS[operator.activation],
        keepDims: Number(operator.keepDims),
        asymmetricInputs: Number(operator.asymmetricInputs),
      });
    case 'reshape':
      return writer.table(RESHAPE_OPTIONS, { newShape: writer.int32s(operator.newShape) });
    case 'softmax':
      return writer.table(SOFTMAX_OPTIONS, { beta: operator.beta });
    case 'add':
    case 'mul':
    case 'sub':
      return writer.table(ARITHMETIC_OPTIONS, { activation: ACTIVATIONS[operator.activation] });
    case 'mean':
    case 'sum':
    case 'reduceMax':
      return writer.table(REDUCER_OPTIONS, { keepDims: Number(operator.keepDims) });
    case 'leakyRelu':
      return writer.table(LEAKY_RELU_OPTIONS, { alpha: operator.alpha });
    case 'gelu':
      return writer.table(GELU_OPTIONS, { approximate: Number(operator.approximate) });
    case 'concatenation':
      return writer.table(CONCATENATION_OPTIONS, { axis: operator.axis });
    case 'batchMatMul':
      return writer.table(BATCH_MATMUL_OPTIONS, { adjointB: Number(operator.transposeB) });
    case 'logistic': case 'tanh': case 'relu': case 'relu6': case 'elu': case 'log': case 'abs': case 'rsqrt': case 'squaredDifference': case 'maximum':
    case 'minimum': case 'transpose': case 'pad': case 'quantize': case 'dequantize':
      return undefined;
  }
}

function windowFields({ padding, strides }: Extract<TfliteOperator, { readonly strides: unknown }>): Record<'padding' | 'strideH' | 'strideW', number> {
  return { padding: PADDINGS[padding], strideH: strides[0], strideW: strides[1] };
}
