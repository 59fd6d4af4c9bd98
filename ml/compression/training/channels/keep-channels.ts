import type { JsonObject } from '../../../../shared/json.js';
import { InvalidConfigError, InvalidModelError } from '../../../../shared/errors.js';
import type { NamedWeight } from '../../../graph/inference-graph.js';
import { readTopology } from '../../../graph/topology.js';
import type { NetworkTopology, TopologyLayer } from '../../../graph/topology.js';
import type { SavedNetwork } from '../../../models/read-layers-model.js';
import { layerOf } from '../compression-stage.js';
import { changeSettings } from '../edit-topology.js';
import { filtersOf } from './filters-of.js';
import type { KeptChannels } from './kept-channels.js';
import { CHOOSABLE, narrowLayer } from './narrow-layer.js';

/**
 * A smaller network: of the layers named only these output channels (ascending numbers) are left, and of the layers after them what took
 * the others goes too. It answers as the network does in which the removed channels are 0.
 * @throws InvalidModelError where the channels of a layer that gets fewer cannot be followed (a sum, an attention).
 * @throws InvalidConfigError for a layer that has no filters of its own, the output, and channels that it has not.
 */
export function keepChannels(saved: SavedNetwork, kept: ReadonlyMap<string, readonly number[]>): SavedNetwork {
  const topology = readTopology(saved.topology);
  const { layers } = topology;
  checkKept(topology, saved.weights, kept);
  const outputs = new Map<string, KeptChannels | undefined>();
  const settings = new Map<string, JsonObject>();
  const narrowed = new Map<string, NamedWeight>();
  for (const layer of layers) {
    const own = new Map(saved.weights.filter(({ name }) => layerOf(name) === layer.name).map((weight) => [weight.name.slice(layer.name.length + 1), weight]));
    const inputs = layer.inputs.map((name) => outputs.get(name));
    const input = inputs.length === 1 ? inputs[0] : severalInputs(layer, inputs);
    const result = narrowLayer({ layer, weights: own, input, kept: kept.get(layer.name) });
    outputs.set(layer.name, result.output);
    settings.set(layer.name, result.settings);
    for (const weight of result.weights) narrowed.set(weight.name, weight);
  }
  return {
    ...saved,
    topology: changeSettings(saved.topology, (name) => settings.get(name) ?? {}),
    weights: saved.weights.map((weight) => narrowed.get(weight.name) ?? weight),
  };
}

function severalInputs({ className, name }: TopologyLayer, inputs: readonly (KeptChannels | undefined)[]): undefined {
  if (inputs.some((input) => input !== undefined)) throw new InvalidModelError(`${className} ${name} joins channels of which some are removed: leave out the layers before it.`);
  return undefined;
}

function checkKept({ layers, output }: NetworkTopology, weights: readonly NamedWeight[], kept: ReadonlyMap<string, readonly number[]>): void {
  for (const [name, channels] of kept) {
    const layer = layers.find((one) => one.name === name);
    if (!layer || !CHOOSABLE.includes(layer.className) || name === output) {
      throw new InvalidConfigError(`compression: channels of ${name} cannot be removed: expected one of ${layers.filter((one) => CHOOSABLE.includes(one.className) && one.name !== output).map((one) => one.name).join(', ')}.`);
    }
    const count = filtersOf(weights, name)?.shape.at(-1) ?? 0;
    if (channels.length === 0 || channels.some((channel, i) => !Number.isInteger(channel) || channel < 0 || channel >= count || channel <= (channels[i - 1] ?? -1))) {
      throw new InvalidConfigError(`compression: channels of ${name} are [${channels.join(', ')}]: expected ascending numbers from 0 to ${count - 1}, at least one.`);
    }
  }
}
