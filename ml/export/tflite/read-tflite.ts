import { InvalidModelError } from '../../../shared/errors.js';
import { shapeSize } from '../../shape-size.js';
import { FlatTable } from './flat-reader.js';
import { keyOf } from './key-of.js';
import { readOperator } from './read-operator.js';
import { BUFFER, FILE_IDENTIFIER, METADATA, MODEL, OPERATOR, OPERATOR_CODE, QUANTIZATION, SCHEMA_VERSION, SUBGRAPH, TENSOR, TENSOR_TYPES } from './schema.js';
import { decodeTensorData, tensorBytes } from './tensor-data.js';
import type { TfliteGraph, TfliteTensor } from './tflite-graph.js';

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
  const size = shapeSize(shape);
  if (data && data.length !== tensorBytes(type, size)) {
    throw new InvalidModelError(`Tensor '${name}' (${shape.join(' x ')}, ${type}) holds ${data.length} bytes; expected ${tensorBytes(type, size)}.`);
  }
  return {
    name,
    shape,
    ...(tensor.has('shapeSignature') && { signature: tensor.int32s('shapeSignature') }),
    type,
    ...(tensor.has('quantization') && { quantization: readQuantization(tensor.table('quantization', QUANTIZATION)) }),
    ...(data && { data: decodeTensorData(type, data, size) }),
  };
}

function readQuantization(table: FlatTable<typeof QUANTIZATION>): NonNullable<TfliteTensor['quantization']> {
  return {
    scales: Float32Array.from(table.float32s('scale')),
    zeroPoints: Int32Array.from(table.int64s('zeroPoint')),
    dimension: table.number('quantizedDimension'),
  };
}

function bufferAt(buffers: readonly BufferTable[], index: number): BufferTable {
  const buffer = buffers[index];
  if (!buffer) throw new InvalidModelError(`Buffer ${index} is missing from the .tflite file, which has ${buffers.length}.`);
  return buffer;
}
