import type { ValueRanges } from '../../../../ml/compression/graph/value-quantization.js';
import { evaluateValues } from '../../../../ml/export/network/evaluate-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';

/** The extremes of every activation over some images. */
export function observedRanges(graph: NetworkGraph, images: readonly ArrayLike<number>[]): ValueRanges {
  const ranges = new Map<number, readonly [number, number]>();
  for (const image of images) {
    evaluateValues(graph, image).forEach(({ data }, value) => {
      if (graph.values[value]?.data) return;
      const [low, high] = ranges.get(value) ?? [Infinity, -Infinity];
      ranges.set(value, [Array.from(data).reduce((least, number) => Math.min(least, number), low), Array.from(data).reduce((most, number) => Math.max(most, number), high)]);
    });
  }
  return ranges;
}
