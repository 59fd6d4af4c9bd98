import { rangesByRule } from '../../../../ml/compression/graph/ranges-by-rule.js';
import type { ValueRanges } from '../../../../ml/compression/graph/value-quantization.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { observeValues } from '../../../../ml/export/network/observe-values.js';

/** The extremes of every activation over some images. */
export function observedRanges(graph: NetworkGraph, images: readonly ArrayLike<number>[]): ValueRanges {
  return rangesByRule(observeValues(graph, images), 'min-max');
}
