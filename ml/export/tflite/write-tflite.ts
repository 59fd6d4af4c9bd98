import { FlatWriter } from './flat-writer.js';
import {
  ACTIVATIONS, BUFFER, CONV_2D_OPTIONS, FILE_IDENTIFIER, FULLY_CONNECTED_OPTIONS, METADATA, MODEL, OPERATOR, OPERATOR_CODE,
  OPERATORS, PADDINGS, POOL_2D_OPTIONS, QUANTIZATION, RESHAPE_OPTIONS, SCHEMA_VERSION, SOFTMAX_OPTIONS, SUBGRAPH, TENSOR,
  TENSOR_TYPES,
} from './schema.js';
import type { TensorQuantization, TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.js';

/**
 * Writes a graph as a `.tflite` file (TensorFlow Lite FlatBuffer, schema v3). The same graph gives the same bytes.
 * @see tensorflow/compiler/mlir/lite/schema/schema.fbs, whose field numbers schema.ts keeps
 */
export function writeTflite(graph: TfliteGraph): Uint8Array {
  const writer = new FlatWriter(1024);
  const buffers: number[] = [writer.table(BUFFER, {})]; // buffer 0 is empty: "no data", by convention
  const addBuffer = (data: Uint8Array): number => buffers.push(writer.table(BUFFER, { data: writer.bytes(data) })) - 1;

  const tensors = graph.tensors.map((tensor) => writeTensor(writer, tensor, tensor.data ? addBuffer(bytesOf(tensor.data)) : 0));
  const metadata = Object.entries(graph.metadata).map(([name, bytes]) =>
    writer.table(METADATA, { name: writer.string(name), buffer: addBuffer(bytes) }),
  );
  const types = [...new Set(graph.operators.map((operator) => operator.type))];
  const operators = graph.operators.map((operator) => writeOperator(writer, operator, types.indexOf(operator.type)));
  const subgraph = writer.table(SUBGRAPH, {
    tensors: writer.offsets(tensors),
    inputs: writer.int32s(graph.inputs),
    outputs: writer.int32s(graph.outputs),
    operators: writer.offsets(operators),
    name: writer.string('main'),
  });
  const operatorCodes = types.map((type) => {
    const { code, version } = OPERATORS[type];
    return writer.table(OPERATOR_CODE, { deprecatedBuiltinCode: code, version, builtinCode: code });
  });
  const model = writer.table(MODEL, {
    version: SCHEMA_VERSION,
    operatorCodes: writer.offsets(operatorCodes),
    subgraphs: writer.offsets([subgraph]),
    description: writer.string(graph.description),
    buffers: writer.offsets(buffers),
    metadata: writer.offsets(metadata),
  });
  return writer.finish(model, FILE_IDENTIFIER);
}

function writeTensor(writer: FlatWriter, { name, shape, type, quantization }: TfliteTensor, buffer: number): number {
  return writer.table(TENSOR, {
    shape: writer.int32s(shape),
    type: TENSOR_TYPES[type],
    buffer,
    name: writer.string(name),
    ...(quantization && { quantization: writeQuantization(writer, quantization) }),
  });
}

function writeQuantization(writer: FlatWriter, { scales, zeroPoints, dimension }: TensorQuantization): number {
  return writer.table(QUANTIZATION, {
    scale: writer.float32s(scales),
    zeroPoint: writer.int64s(zeroPoints),
    quantizedDimension: dimension,
  });
}

function writeOperator(writer: FlatWriter, operator: TfliteOperator, opcodeIndex: number): number {
  return writer.table(OPERATOR, {
    opcodeIndex,
    inputs: writer.int32s(operator.inputs),
    outputs: writer.int32s(operator.outputs),
    optionsType: OPERATORS[operator.type].optionsType,
    options: writeOptions(writer, operator),
  });
}

function writeOptions(writer: FlatWriter, operator: TfliteOperator): number {
  switch (operator.type) {
    case 'conv2d':
      return writer.table(CONV_2D_OPTIONS, {
        padding: PADDINGS[operator.padding],
        strideH: operator.strides[0],
        strideW: operator.strides[1],
        activation: ACTIVATIONS[operator.activation],
      });
    case 'maxPool2d':
      return writer.table(POOL_2D_OPTIONS, {
        padding: PADDINGS[operator.padding],
        strideH: operator.strides[0],
        strideW: operator.strides[1],
        filterHeight: operator.poolSize[0],
        filterWidth: operator.poolSize[1],
      });
    case 'fullyConnected':
      return writer.table(FULLY_CONNECTED_OPTIONS, { activation: ACTIVATIONS[operator.activation] });
    case 'reshape':
      return writer.table(RESHAPE_OPTIONS, { newShape: writer.int32s(operator.newShape) });
    case 'softmax':
      return writer.table(SOFTMAX_OPTIONS, { beta: operator.beta });
  }
}

function bytesOf(data: Int8Array | Int32Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
