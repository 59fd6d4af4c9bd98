import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import type { WeightPlace } from '../../graph/weight-layout.js';
import type { CompressionPlan } from './compression-plan.js';
import { numbersOf } from './compression-stage.js';
import type { StageNetwork } from './compression-stage.js';

/** What earlier stages have done to a kernel and a later one keeps. */
export interface HeldKernel {
  readonly transform: WeightTransform;
  /** What is trained of it: its numbers, or its centroids. */
  readonly values: Float32Array;
}

/** A kernel's zeros, where the plan prunes, and which of its numbers are equal, where it clusters: all of it can be read off the numbers. */
export function heldTransform(network: StageNetwork, { name }: WeightPlace, { prune, cluster }: Pick<CompressionPlan, 'prune' | 'cluster'>): HeldKernel {
  const values = numbersOf(network, name);
  const isPruned = (value: number): boolean => prune !== undefined && value === 0;
  if (!cluster) return { transform: { sparse: prune !== undefined }, values };
  const centroids = Float32Array.from(new Set(values.filter((value) => !isPruned(value)))).sort();
  const indices = new Map(Array.from(centroids, (centroid, index) => [centroid, index]));
  return {
    transform: { shared: { centroids: centroids.length, assignment: Int32Array.from(values, (value) => (isPruned(value) ? -1 : (indices.get(value) ?? -1))) } },
    values: centroids,
  };
}
