import { InvalidModelError } from '../../../shared/errors.js';
import type { FlatTable } from './flat-reader.js';
import { keyOf } from './key-of.js';
import { OPERATORS } from './operator-codes.js';
import {
  ACTIVATIONS, ARITHMETIC_OPTIONS, BATCH_MATMUL_OPTIONS, CONCATENATION_OPTIONS, CONV_2D_OPTIONS, DEPTHWISE_CONV_2D_OPTIONS, FULLY_CONNECTED_OPTIONS,
  GELU_OPTIONS, LEAKY_RELU_OPTIONS, PADDINGS, POOL_2D_OPTIONS, REDUCER_OPTIONS, RESHAPE_OPTIONS, SOFTMAX_OPTIONS,
} from './schema.js';
import type { OPERATOR } from './schema.js';
import type { Activation, TfliteOperator } from './tflite-graph.js';

/**
 * Reads an operator with its settings.
 * @param codes BuiltinOperator codes, by the file's indices
 * @throws InvalidModelError for an operator or a setting that we do not write.
 */
export function readOperator(operator: FlatTable<typeof OPERATOR>, codes: readonly number[]): TfliteOperator {
  const code = codes[operator.number('opcodeIndex')];
  const found = Object.entries(OPERATORS).find(([, known]) => known.code === code);
  if (!found) throw new InvalidModelError(`Operator code ${code} in the .tflite file; known are ${Object.keys(OPERATORS).join(', ')}.`);
  const type = found[0] as TfliteOperator['type'];
  const wiring = { inputs: operator.int32s('inputs'), outputs: operator.int32s('outputs') };
  switch (type) {
    case 'conv2d': {
      const options = operator.table('options', CONV_2D_OPTIONS);
      return { type, ...wiring, ...readConvolution(options) };
    }
    case 'depthwiseConv2d': {
      const options = operator.table('options', DEPTHWISE_CONV_2D_OPTIONS);
      if (options.number('depthMultiplier') !== 1) {
        throw new InvalidModelError(`A depthwise convolution of ${options.number('depthMultiplier')} filters a channel in the .tflite file; expected 1.`);
      }
      return { type, ...wiring, ...readConvolution(options) };
    }
    case 'maxPool2d':
    case 'averagePool2d': {
      const options = operator.table('options', POOL_2D_OPTIONS);
      return { type, ...wiring, ...readWindow(options), poolSize: [options.number('filterHeight'), options.number('filterWidth')] };
    }
    case 'fullyConnected': {
      const options = operator.table('options', FULLY_CONNECTED_OPTIONS);
      return {
        type, ...wiring,
        activation: readActivation(options.number('activation')),
        keepDims: options.number('keepDims') === 1,
        asymmetricInputs: options.number('asymmetricInputs') === 1,
      };
    }
    case 'reshape':
      return { type, ...wiring, newShape: operator.table('options', RESHAPE_OPTIONS).int32s('newShape') };
    case 'softmax':
      return { type, ...wiring, beta: operator.table('options', SOFTMAX_OPTIONS).number('beta') };
    case 'add':
    case 'mul':
    case 'sub':
      return { type, ...wiring, activation: readActivation(operator.table('options', ARITHMETIC_OPTIONS).number('activation')) };
    case 'mean':
    case 'sum':
    case 'reduceMax':
      return { type, ...wiring, keepDims: operator.table('options', REDUCER_OPTIONS).number('keepDims') === 1 };
    case 'leakyRelu':
      return { type, ...wiring, alpha: operator.table('options', LEAKY_RELU_OPTIONS).number('alpha') };
    case 'gelu':
      return { type, ...wiring, approximate: operator.table('options', GELU_OPTIONS).number('approximate') === 1 };
    case 'concatenation':
      return { type, ...wiring, axis: operator.table('options', CONCATENATION_OPTIONS).number('axis') };
    case 'batchMatMul':
      return { type, ...wiring, transposeB: operator.table('options', BATCH_MATMUL_OPTIONS).number('adjointB') === 1 };
    case 'logistic': case 'tanh': case 'relu': case 'relu6': case 'elu': case 'log': case 'abs': case 'rsqrt': case 'squaredDifference': case 'maximum':
    case 'minimum': case 'transpose': case 'pad': case 'quantize': case 'dequantize':
      return { type, ...wiring };
  }
}

function readConvolution(options: FlatTable<typeof CONV_2D_OPTIONS> | FlatTable<typeof DEPTHWISE_CONV_2D_OPTIONS>): {
  padding: 'same' | 'valid';
  strides: [number, number];
  activation: Activation;
} {
  if (options.number('dilationH') !== 1 || options.number('dilationW') !== 1) {
    throw new InvalidModelError('A dilated convolution in the .tflite file; expected a dilation of 1.');
  }
  return { ...readWindow(options), activation: readActivation(options.number('activation')) };
}

function readWindow(options: FlatTable<typeof CONV_2D_OPTIONS> | FlatTable<typeof DEPTHWISE_CONV_2D_OPTIONS> | FlatTable<typeof POOL_2D_OPTIONS>): {
  padding: 'same' | 'valid';
  strides: [number, number];
} {
  return {
    padding: keyOf(PADDINGS, options.number('padding'), 'padding'),
    strides: [options.number('strideH'), options.number('strideW')],
  };
}

function readActivation(code: number): Activation {
  return keyOf(ACTIVATIONS, code, 'fused activation');
}
