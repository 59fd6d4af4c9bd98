import type { NetworkGraph, NetworkOperator } from '../network/network-graph.js';
import { joinLayerNorms } from './join-layer-norms.js';
import type { LayerNorm } from './join-layer-norms.js';
import { NetworkWriter } from './network-writer.js';
import type { OnnxStorage } from './network-writer.js';
import type { OnnxDescription } from './onnx-model.js';
import { writeActivation, writeBinary } from './operators/elementwise.js';
import { writeConcatenate, writePad } from './operators/moves.js';
import { writeBatchMatMul, writeConv2d, writeDense, writePool2d } from './operators/products.js';
import { writeLayerNorm, writeReduce, writeSoftmax, writeStandardise } from './operators/reductions.js';

/**
 * A network as a model of ONNX (opset 20) that computes in float32: `images` [batch, height, width, channels] in [0, 1] to `probabilities`
 * [batch, classes]. Inside, maps have their channels first, as ONNX wants them. The same graph gives the same bytes.
 * @param storage how constants are kept; the numbers are those of a `.tflite` file that keeps them so
 * @throws InvalidModelError for what cannot be written, a constant beyond float16 among it.
 */
export function writeNetwork(graph: NetworkGraph, description: OnnxDescription, storage: OnnxStorage = 'float32'): Uint8Array {
  const writer = new NetworkWriter(graph, description, { storage });
  writeOperators(writer, graph);
  return writer.encode();
}

/** Writes all operators of the graph, in order. */
export function writeOperators(writer: NetworkWriter, graph: NetworkGraph): void {
  for (const operator of joinLayerNorms(graph)) writeOperator(writer, operator);
}

function writeOperator(writer: NetworkWriter, operator: NetworkOperator | LayerNorm): void {
  switch (operator.type) {
    case 'conv2d': case 'depthwiseConv2d': return writeConv2d(writer, operator);
    case 'dense': return writeDense(writer, operator);
    case 'batchMatMul': return writeBatchMatMul(writer, operator);
    case 'maxPool2d': case 'averagePool2d': return writePool2d(writer, operator);
    case 'reduce': return writeReduce(writer, operator);
    case 'softmax': return writeSoftmax(writer, operator);
    case 'standardise': return writeStandardise(writer, operator);
    case 'layerNorm': return writeLayerNorm(writer, operator);
    case 'add': case 'multiply': case 'maximum': case 'minimum': return writeBinary(writer, operator);
    case 'activation': return writeActivation(writer, operator);
    case 'pad': return writePad(writer, operator);
    case 'concatenate': return writeConcatenate(writer, operator);
    case 'reshape': return writer.giveReshaped(operator.output, operator.input);
    case 'transpose': return writer.giveTransposed(operator.output, operator.input, operator.order);
  }
}
