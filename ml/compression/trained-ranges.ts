import type { NetworkGraph } from '../export/network/network-graph.js';
import type { CompressedOutput } from './compressed-weights.js';
import type { ValueRanges } from './graph/value-quantization.js';

/**
 * Ranges of a network's values with which an export quantises them as they were trained: those of trained grids, by the layer's name, and
 * observed ones elsewhere.
 */
export function trainedRanges({ values }: NetworkGraph, outputs: readonly CompressedOutput[], observed: ValueRanges): ValueRanges {
  const byLayer = new Map(outputs.map((output) => [output.layer, output]));
  const trained = values.flatMap(({ name }, value) => {
    const output = byLayer.get(name);
    if (!output) return [];
    const { scale, zeroPoint, bits } = output;
    return [[value, [(0 - zeroPoint) * scale, (2 ** bits - 1 - zeroPoint) * scale]] as const];
  });
  return new Map([...observed, ...trained]);
}
