import { FlatWriter } from './flat-writer.js';
import { OPERATORS, operatorVersion } from './operator-codes.js';
import { BUFFER, FILE_IDENTIFIER, METADATA, MODEL, OPERATOR, OPERATOR_CODE, QUANTIZATION, SCHEMA_VERSION, SUBGRAPH, TENSOR, TENSOR_TYPES } from './schema.js';
import { encodeTensorData } from './tensor-data.js';
import type { TensorQuantization, TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.js';
import { writeOptions } from './write-options.js';

const LARGEST_DEPRECATED_CODE = 127; // a byte, and the sign for "see builtinCode"

/**
 * Writes a graph as a `.tflite` file (TensorFlow Lite FlatBuffer, schema v3). The same graph gives the same bytes.
 * @see tensorflow/compiler/mlir/lite/schema/schema.fbs, whose field numbers schema.ts keeps
 */
export function writeTflite(graph: TfliteGraph): Uint8Array {
  const writer = new FlatWriter(1024);
  const buffers: number[] = [writer.table(BUFFER, {})]; // buffer 0 is empty: "no data", by convention
  const addBuffer = (data: Uint8Array): number => buffers.push(writer.table(BUFFER, { data: writer.bytes(data) })) - 1;

  const tensors = graph.tensors.map((tensor) => writeTensor(writer, tensor, tensor.data ? addBuffer(encodeTensorData(tensor.type, tensor.data)) : 0));
  const metadata = Object.entries(graph.metadata).map(([name, bytes]) =>
    writer.table(METADATA, { name: writer.string(name), buffer: addBuffer(bytes) }),
  );
  const kernels: string[] = [];
  const codes: { readonly code: number; readonly version: number }[] = [];
  const operators = graph.operators.map((operator) => {
    const version = operatorVersion(operator, graph.tensors);
    const kernel = `${operator.type} ${version}`;
    if (!kernels.includes(kernel)) codes[kernels.push(kernel) - 1] = { code: OPERATORS[operator.type].code, version };
    return writeOperator(writer, operator, kernels.indexOf(kernel));
  });
  const subgraph = writer.table(SUBGRAPH, {
    tensors: writer.offsets(tensors),
    inputs: writer.int32s(graph.inputs),
    outputs: writer.int32s(graph.outputs),
    operators: writer.offsets(operators),
    name: writer.string('main'),
  });
  const operatorCodes = codes.map(({ code, version }) =>
    writer.table(OPERATOR_CODE, { deprecatedBuiltinCode: Math.min(code, LARGEST_DEPRECATED_CODE), version, builtinCode: code }),
  );
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

function writeTensor(writer: FlatWriter, { name, shape, signature, type, quantization }: TfliteTensor, buffer: number): number {
  return writer.table(TENSOR, {
    shape: writer.int32s(shape),
    type: TENSOR_TYPES[type],
    buffer,
    name: writer.string(name),
    ...(quantization && { quantization: writeQuantization(writer, quantization) }),
    ...(signature && { shapeSignature: writer.int32s(signature) }),
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
  const [inputs, outputs] = [writer.int32s(operator.inputs), writer.int32s(operator.outputs)];
  const options = writeOptions(writer, operator);
  return writer.table(OPERATOR, {
    opcodeIndex, inputs, outputs,
    ...(options !== undefined && { optionsType: OPERATORS[operator.type].optionsType, options }),
  });
}
