import type { NetworkGraph } from '../export/network/network-graph.js';
import type { TfliteFacts } from '../export/tflite/network/tflite-draft.js';
import { networkToTflite } from '../export/tflite/write-network.js';
import { writeTflite } from '../export/tflite/write-tflite.js';
import type { ValueRanges } from './graph/value-quantization.js';
import { quantizeGraph } from './quantize-graph.js';

/** What a network can be written as: constants in float32, float16, 8 or 4 bits with float32 activations, or int8 throughout with weights of 8 or 4 bits. */
export const TFLITE_FORMS = ['float32', 'float16', 'dynamic', 'dynamic4', 'int8', 'int8-weights4'] as const;
export type TfliteForm = (typeof TFLITE_FORMS)[number];

/**
 * A network as the bytes of a `.tflite` file.
 * @param ranges of every activation; the int8 forms alone read them
 * @throws InvalidModelError naming a layer or a constant that the form cannot hold; InvalidDataError naming a value without a range.
 */
export function tfliteFile(graph: NetworkGraph, form: TfliteForm, facts: TfliteFacts, ranges: ValueRanges): Uint8Array {
  if (form === 'int8') return writeTflite(quantizeGraph(graph, ranges, facts));
  if (form === 'int8-weights4') return writeTflite(quantizeGraph(graph, ranges, facts, 4));
  return writeTflite(networkToTflite(graph, form, facts));
}
