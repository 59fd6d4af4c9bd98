import type { ValueRanges } from '../../compression/graph/value-quantization.js';
import type { NetworkGraph } from '../network/network-graph.js';
import { NetworkWriter } from './network-writer.js';
import type { OnnxDescription } from './onnx-model.js';
import { quantizedValues } from './quantized-values.js';
import { writeOperators } from './write-network.js';

/**
 * A network as a model of ONNX in int8, as `writeQuantizedNetwork` writes it, with ranges of its activations that are known already: those
 * that it was trained with.
 * @throws InvalidModelError for what cannot be written.
 */
export function writeRangedNetwork(graph: NetworkGraph, ranges: ValueRanges, description: OnnxDescription): Uint8Array {
  const writer = new NetworkWriter(graph, description, { quantizations: quantizedValues(graph, ranges) });
  writeOperators(writer, graph);
  return writer.encode();
}
