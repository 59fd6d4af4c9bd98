import type { NamedWeight } from '../../../graph/inference-graph.js';

/** The kernel of a layer whose last axis is its output channels. */
export function filtersOf(weights: readonly NamedWeight[], layer: string): NamedWeight | undefined {
  return weights.find(({ name }) => name === `${layer}/kernel` || name === `${layer}/pointwise_kernel`);
}
