import { rangesByRule } from '../../../../ml/compression/graph/ranges-by-rule.js';
import type { ValueRanges } from '../../../../ml/compression/graph/value-quantization.js';
import { ValueHistogram } from '../../../../ml/compression/value-histogram.js';
import { evaluateValues } from '../../../../ml/export/network/evaluate-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';

/** The extremes of every activation over some images. */
export function observedRanges(graph: NetworkGraph, images: readonly ArrayLike<number>[]): ValueRanges {
  const histograms = new Map([graph.input, ...graph.operators.map(({ output }) => output)].map((value) => [value, new ValueHistogram()]));
  for (const image of images) {
    const evaluated = evaluateValues(graph, image);
    for (const [value, histogram] of histograms) histogram.add(Float32Array.from(evaluated[value]?.data ?? []));
  }
  return rangesByRule(histograms, 'min-max');
}
