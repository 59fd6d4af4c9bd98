import type { ValueRanges } from '../../../../ml/compression/graph/value-quantization.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { observeRanges } from '../../../../ml/export/network/observe-ranges.js';

/** The extremes of every activation over some images. */
export function observedRanges(graph: NetworkGraph, images: readonly ArrayLike<number>[]): ValueRanges {
  return observeRanges(graph, images);
}
