import { InvalidModelError } from '../../../shared/errors.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import type { NetworkTopology, TopologyLayer } from '../../graph/topology.js';
import { compactGraph } from './compact-graph.js';
import { loweringScope } from './lowering-scope.js';
import type { GraphDraft } from './lowering-scope.js';
import { LOWERINGS } from './lowerings/registry.js';
import { mergeIntoProducts } from './merge-into-products.js';
import type { NetworkGraph, ValueId } from './network-graph.js';

/**
 * A trained network in the form that exports start from. Every layer's output has the layer's name; where layers are taken together
 * (convolution, batch normalisation, relu), it is that of the last of them.
 * @param weights named `<layer>/<weight>`.
 * @throws InvalidModelError naming every layer that cannot be exported; for a setting that cannot be, a weight that is missing, and a
 * network that does not go from images [height, width, channels] to a softmax [classes].
 */
export function lowerNetwork(topology: NetworkTopology, weights: readonly NamedWeight[]): NetworkGraph {
  checkLayers(topology.layers);
  const images = topology.layers.find(({ className }) => className === 'InputLayer');
  if (!images || topology.inputShape.length !== 3) throw new InvalidModelError(`A network of images [height, width, channels] is expected, got the input [${topology.inputShape.join(', ')}].`);
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  const draft: GraphDraft = { values: [], operators: [] };
  const outputs = new Map<string, ValueId>();
  for (const layer of topology.layers) outputs.set(layer.name, lowerLayer(draft, byName, layer, outputs, topology.inputShape));
  const graph = compactGraph(mergeIntoProducts({ ...draft, input: outputOf(outputs, images.name), output: outputOf(outputs, topology.output) }));
  checkEnd(graph);
  return graph;
}

function lowerLayer(draft: GraphDraft, weights: ReadonlyMap<string, NamedWeight>, layer: TopologyLayer, outputs: ReadonlyMap<string, ValueId>, inputShape: readonly number[]): ValueId {
  const lowering = LOWERINGS.get(layer.className);
  if (!lowering) return draft.values.push({ name: layer.name, shape: inputShape }) - 1;
  return lowering(loweringScope(draft, weights, layer), layer.inputs.map((name) => outputOf(outputs, name, layer)));
}

function checkLayers(layers: readonly TopologyLayer[]): void {
  const unknown = layers.filter(({ className }) => className !== 'InputLayer' && !LOWERINGS.has(className));
  if (unknown.length === 0) return;
  throw new InvalidModelError(
    `Layers that cannot be exported: ${unknown.map(({ className, name }) => `${className} ${name}`).join(', ')}. ` +
      `Train the network without them, or add them to ml/export/network/lowerings; these can be: ${[...LOWERINGS.keys()].join(', ')}.`,
  );
}

function outputOf(outputs: ReadonlyMap<string, ValueId>, name: string, user?: TopologyLayer): ValueId {
  const value = outputs.get(name);
  if (value === undefined) throw new InvalidModelError(`${user ? `Layer ${user.name}` : 'The network'} takes the output of ${name}, which comes later or is not there.`);
  return value;
}

function checkEnd({ operators, values, output }: NetworkGraph): void {
  const last = operators.at(-1);
  const { name, shape } = values[output];
  if (last?.type !== 'softmax' || last.output !== output || shape.length !== 1) {
    throw new InvalidModelError(`A classifier must end in a softmax [classes], got ${name} [${shape.join(', ')}] of ${last?.type ?? 'no operation'}: end the network in a dense layer with softmax.`);
  }
}
