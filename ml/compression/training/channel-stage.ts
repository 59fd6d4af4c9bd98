import { InvalidConfigError } from '../../../shared/errors.js';
import { readTopology } from '../../graph/topology.js';
import { chooseChannels, choosableLayers } from './channels/choose-channels.js';
import { keepChannels } from './channels/keep-channels.js';
import type { ChannelPlan, CompressionPlan } from './compression-plan.js';
import { kernelPlaces } from './compression-stage.js';
import type { CompressionStage } from './compression-stage.js';

/** Removes the channels that matter least, then trains the smaller network on. */
export function channelStage({ keep, score = 'filter', layers, epochs }: ChannelPlan, plan: CompressionPlan): CompressionStage {
  return {
    name: 'channels',
    epochs: epochs ?? plan.epochs,
    narrow(saved) {
      const topology = readTopology(saved.topology);
      const choosable = choosableLayers(topology);
      const shares = layers ?? Object.fromEntries(choosable.map((name) => [name, keep]));
      const unknown = Object.keys(shares).filter((name) => !choosable.includes(name));
      if (unknown.length > 0) throw new InvalidConfigError(`compression: channels.layers names ${unknown.join(', ')}: channels can be removed of ${choosable.join(', ') || 'no layer'}.`);
      return keepChannels(saved, new Map(Object.entries(shares).map(([name, share]) => [name, chooseChannels(saved, topology, name, share, score)])));
    },
    prepare: async ({ layout }) => ({ transforms: { weights: new Map(kernelPlaces(layout).map(({ name }) => [name, {}])), activations: new Map() }, start: new Map() }),
  };
}
