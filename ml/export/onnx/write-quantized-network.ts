import type { RangeRule } from '../../compression/activation-range.js';
import { rangesByRule } from '../../compression/graph/ranges-by-rule.js';
import type { ValueHistogram } from '../../compression/value-histogram.js';
import type { NetworkGraph, ValueId } from '../network/network-graph.js';
import type { OnnxDescription } from './onnx-model.js';
import { writeRangedNetwork } from './write-ranged-network.js';

/**
 * A network as a model of ONNX in int8, in the form that ONNX Runtime calls QDQ: each product stands between DequantizeLinear and
 * QuantizeLinear, and the runtime makes one integer operator of the three. Weights int8 with one scale for each output, biases int32,
 * activations uint8 with a scale and a
 * zero point each (Jacob et al. 2018): with int8, ONNX Runtime makes no integer convolutions on x86. Input and output are those of `writeNetwork`.
 * @param histograms of the activations, from `observeValues`
 * @throws InvalidModelError for what cannot be written.
 */
export function writeQuantizedNetwork(graph: NetworkGraph, histograms: ReadonlyMap<ValueId, ValueHistogram>, rule: RangeRule, description: OnnxDescription): Uint8Array {
  return writeRangedNetwork(graph, rangesByRule(histograms, rule), description);
}
