import { InvalidModelError } from '../../../shared/errors.js';
import { FlatTable } from './flat-reader.js';
import {
  ACTIVATIONS, BUFFER, CONV_2D_OPTIONS, FILE_IDENTIFIER, FULLY_CONNECTED_OPTIONS, METADATA, MODEL, OPERATOR, OPERATOR_CODE,
  OPERATORS, PADDINGS, POOL_2D_OPTIONS, QUANTIZATION, RESHAPE_OPTIONS, SCHEMA_VERSION, SOFTMAX_OPTIONS, SUBGRAPH, TENSOR,
  TENSOR_TYPES,
} from './schema.js';
import type { TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.js';

type OperatorTable = FlatTable<typeof OPERATOR>;
type BufferTable = FlatTable<typeof BUFFER>;

/**
 * Reads the subset of `.tflite` that {@link file://./write-tflite.ts writeTflite} writes.
 * @throws InvalidModelError for foreign or truncated bytes, and for operators, types or options outside that subset.
 */
export function readTflite(bytes: Uint8Array): TfliteGraph {
  try {
    return readModel(FlatTable.root(bytes, MODEL, FILE_IDENTIFIER));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidModelError(`Truncated or corrupt .tflite file of ${bytes.length} bytes: an offset leads outside it.`, { cause: error });
  }
}

function readModel(model: FlatTable<typeof MODEL>): TfliteGraph {
  if (model.number('version') !== SCHEMA_VERSION) {
    throw new InvalidModelError(`TFLite schema version ${model.number('version')}; expected ${SCHEMA_VERSION}.`);
  }
  const subgraphs = model.tables('subgraphs', SUBGRAPH);
  if (subgraphs.length !== 1) throw new InvalidModelError(`${subgraphs.length} subgraphs in the .tflite file; expected one.`);
  const [subgraph] = subgraphs as [FlatTable<typeof SUBGRAPH>];
  const buffers = model.tables('buffers', BUFFER);
  const codes = model.tables('operatorCodes', OPERATOR_CODE).map((code) => Math.max(code.number('builtinCode'), code.number('deprecatedBuiltinCode')));
  return {
    description: model.string('description'),
    tensors: subgraph.tables('tensors', TENSOR).map((tensor) => readTensor(tensor, buffers)),
    operators: subgraph.tables('operators', OPERATOR).map((operator) => readOperator(operator, codes)),
    inputs: subgraph.int32s('inputs'),
    outputs: subgraph.int32s('outputs'),
    metadata: Object.fromEntries(
      model.tables('metadata', METADATA).map((entry) => [entry.string('name'), bufferAt(buffers, entry.number('buffer')).bytes('data')]),
    ),
  };
}

function readTensor(tensor: FlatTable<typeof TENSOR>, buffers: BufferTable[]): TfliteTensor {
  const name = tensor.string('name');
  const type = keyOf(TENSOR_TYPES, tensor.number('type'), `type of tensor '${name}'`);
  const constant = bufferAt(buffers, tensor.number('buffer'));
  const data = constant.has('data') ? constant.bytes('data') : undefined;
  const shape = tensor.int32s('shape');
  const size = shape.reduce((product, side) => product * side, type === 'int8' ? 1 : 4);
  if (data && data.length !== size) {
    throw new InvalidModelError(`Tensor '${name}' (${shape.join(' x ')}, ${type}) holds ${data.length} bytes; expected ${size}.`);
  }
  return {
    name,
    shape,
    type,
    ...(tensor.has('quantization') && { quantization: readQuantization(tensor.table('quantization', QUANTIZATION)) }),
    ...(data && { data: type === 'int8' ? new Int8Array(data.buffer) : new Int32Array(data.buffer) }),
  };
}

function readQuantization(table: FlatTable<typeof QUANTIZATION>): NonNullable<TfliteTensor['quantization']> {
  return {
    scales: Float32Array.from(table.float32s('scale')),
    zeroPoints: Int32Array.from(table.int64s('zeroPoint')),
    dimension: table.number('quantizedDimension'),
  };
}

function readOperator(operator: OperatorTable, codes: readonly number[]): TfliteOperator {
  const code = codes[operator.number('opcodeIndex')];
  const found = Object.entries(OPERATORS).find(([, known]) => known.code === code);
  if (!found) throw new InvalidModelError(`Operator code ${code} in the .tflite file; known are ${Object.keys(OPERATORS).join(', ')}.`);
  const type = found[0] as TfliteOperator['type'];
  const wiring = { inputs: operator.int32s('inputs'), outputs: operator.int32s('outputs') };
  switch (type) {
    case 'conv2d': {
      const options = operator.table('options', CONV_2D_OPTIONS);
      if (options.number('dilationH') !== 1 || options.number('dilationW') !== 1) {
        throw new InvalidModelError('A dilated convolution in the .tflite file; expected a dilation of 1.');
      }
      return { type, ...wiring, ...readWindow(options), activation: readActivation(options.number('activation')) };
    }
    case 'maxPool2d': {
      const options = operator.table('options', POOL_2D_OPTIONS);
      return { type, ...wiring, ...readWindow(options), poolSize: [options.number('filterHeight'), options.number('filterWidth')] };
    }
    case 'fullyConnected':
      return { type, ...wiring, activation: readActivation(operator.table('options', FULLY_CONNECTED_OPTIONS).number('activation')) };
    case 'reshape':
      return { type, ...wiring, newShape: operator.table('options', RESHAPE_OPTIONS).int32s('newShape') };
    case 'softmax':
      return { type, ...wiring, beta: operator.table('options', SOFTMAX_OPTIONS).number('beta') };
  }
}

function readWindow(options: FlatTable<typeof CONV_2D_OPTIONS> | FlatTable<typeof POOL_2D_OPTIONS>): {
  padding: 'same' | 'valid';
  strides: [number, number];
} {
  return {
    padding: keyOf(PADDINGS, options.number('padding'), 'padding'),
    strides: [options.number('strideH'), options.number('strideW')],
  };
}

function readActivation(code: number): 'linear' | 'relu' {
  return keyOf(ACTIVATIONS, code, 'fused activation');
}

function bufferAt(buffers: readonly BufferTable[], index: number): BufferTable {
  const buffer = buffers[index];
  if (!buffer) throw new InvalidModelError(`Buffer ${index} is missing from the .tflite file, which has ${buffers.length}.`);
  return buffer;
}

function keyOf<K extends string>(codes: Readonly<Record<K, number>>, code: number, what: string): K {
  const key = (Object.keys(codes) as K[]).find((name) => codes[name] === code);
  if (key === undefined) throw new InvalidModelError(`The ${what} has code ${code}; known are ${JSON.stringify(codes)}.`);
  return key;
}
