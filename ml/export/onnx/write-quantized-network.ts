import type { ValueRanges } from '../../compression/graph/value-quantization.js';
import type { NetworkGraph } from '../network/network-graph.js';
import { NetworkWriter } from './network-writer.js';
import type { OnnxDescription } from './onnx-model.js';
import { quantizedValues } from './quantized-values.js';
import { writeOperators } from './write-network.js';

/**
 * A network as a model of ONNX in int8, in the form that ONNX Runtime calls QDQ: each product stands between DequantizeLinear and
 * QuantizeLinear, and the runtime makes one integer operator of the three. Weights int8 with one scale for each output, biases int32,
 * activations uint8 with a scale and a zero point each (Jacob et al. 2018): with int8, ONNX Runtime makes no integer convolutions on x86. Input and
 * output are those of `writeNetwork`.
 * @param ranges of the activations, from `observeRanges` or as they were trained
 * @throws InvalidModelError for what cannot be written.
 */
export function writeQuantizedNetwork(graph: NetworkGraph, ranges: ValueRanges, description: OnnxDescription): Uint8Array {
  const writer = new NetworkWriter(graph, description, { quantizations: quantizedValues(graph, ranges) });
  writeOperators(writer, graph);
  return writer.encode();
}
