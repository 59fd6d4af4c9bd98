import type { NetworkTopology, TopologyLayer } from '../../../graph/topology.js';
import type { SavedNetwork } from '../../../models/read-layers-model.js';
import { filtersOf } from './filters-of.js';
import { CHOOSABLE, PASSING } from './narrow-layer.js';

/** How much a channel matters: the length of its filter (Li et al. 2017), or the scale that normalisation gives it (Liu et al. 2017), where one follows. */
export const CHANNEL_SCORES = ['filter', 'gamma'] as const;
export type ChannelScore = (typeof CHANNEL_SCORES)[number];

/** The layers whose channels can be removed: products from which only products take what they give, whatever is between. */
export function choosableLayers({ layers, output }: NetworkTopology): string[] {
  const ends = (name: string): boolean => name !== output && layers.filter(({ inputs }) => inputs.includes(name))
    .every(({ className, name: user }) => CHOOSABLE.includes(className) || (PASSING.includes(className) && ends(user)));
  return layers.filter(({ className, name }) => CHOOSABLE.includes(className) && ends(name)).map(({ name }) => name);
}

/**
 * The channels of a layer that matter most, ascending.
 * @param share of them that is left, in (0, 1]; at least one is.
 */
export function chooseChannels({ weights }: SavedNetwork, { layers }: NetworkTopology, name: string, share: number, score: ChannelScore): number[] {
  const filters = filtersOf(weights, name);
  const channels = filters?.shape.at(-1) ?? 0;
  const next = layers.find(({ inputs, className }) => className === 'BatchNormalization' && inputs[0] === name);
  const scores = (score === 'gamma' ? gammas(weights, next) : undefined) ?? Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let i = channel; i < (filters?.data.length ?? 0); i += channels) sum += (filters?.data[i] ?? 0) ** 2;
    return sum;
  });
  const best = Array.from(scores, (_, channel) => channel).sort((a, b) => scores[b] - scores[a] || a - b);
  return best.slice(0, Math.max(1, Math.round(share * channels))).sort((a, b) => a - b);
}

function gammas(weights: SavedNetwork['weights'], normalisation: TopologyLayer | undefined): number[] | undefined {
  const found = normalisation && weights.find(({ name }) => name === `${normalisation.name}/gamma`);
  return found && Array.from(found.data, Math.abs);
}
