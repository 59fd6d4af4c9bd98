import { trainedNames } from '../../graph/transforms/network-transforms.js';
import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import { clusterNumbers } from './cluster-numbers.js';
import type { ClusterPlan, CompressionPlan } from './compression-plan.js';
import { kernelPlaces, numbersOf } from './compression-stage.js';
import type { CompressionStage } from './compression-stage.js';

/** Trains on the centroids of each kernel's numbers, which are its only numbers from now on (Han, Mao and Dally 2016, "Deep Compression"). */
export function clusterStage({ clusters, epochs }: ClusterPlan, plan: CompressionPlan): CompressionStage {
  return {
    name: 'cluster',
    epochs: epochs ?? plan.epochs,
    async prepare(network) {
      const weights = new Map<string, WeightTransform>();
      const start = new Map<string, ArrayLike<number>>();
      for (const place of kernelPlaces(network.layout)) {
        const values = numbersOf(network, place.name);
        const kept = plan.prune ? values.filter((value) => value !== 0) : values;
        const { centroids, assignment } = clusterNumbers(kept, clusters);
        let next = 0;
        weights.set(place.name, { shared: { centroids: centroids.length, assignment: Int32Array.from(values, (value) => (plan.prune && value === 0 ? -1 : assignment[next++])) } });
        start.set(trainedNames.centroids(place.name), centroids);
      }
      return { transforms: { weights, activations: new Map() }, start };
    },
  };
}
