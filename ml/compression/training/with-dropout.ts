import { readTopology } from '../../graph/topology.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import { changeSettings } from './edit-topology.js';

/** A network whose dropout layers have another rate; as it was without one. */
export function withDropout(saved: SavedNetwork, rate: number | undefined): SavedNetwork {
  if (rate === undefined) return saved;
  const dropouts = new Set(readTopology(saved.topology).layers.filter(({ className }) => className === 'Dropout').map(({ name }) => name));
  return { ...saved, topology: changeSettings(saved.topology, (name) => (dropouts.has(name) ? { rate } : {})) };
}
