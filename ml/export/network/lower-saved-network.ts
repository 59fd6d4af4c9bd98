import { readTopology } from '../../graph/topology.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import { lowerNetwork } from './lower-network.js';
import type { NetworkGraph } from './network-graph.js';

/**
 * A network as it was saved, in the form that exports start from.
 * @throws InvalidModelError naming the layers that it cannot hold.
 */
export function lowerSavedNetwork({ topology, weights }: Pick<SavedNetwork, 'topology' | 'weights'>): NetworkGraph {
  return lowerNetwork(readTopology(topology), weights);
}
