import type { DataType } from '../../native/tensorflow/data-type.js';
import type { Output } from '../../native/tensorflow/graph.js';
import { InvalidModelError } from '../../shared/errors.js';
import { convolve, finish } from './emitters/convolution.js';
import { EMITTERS } from './emitters/registry.js';
import type { GraphOps } from './graph-ops.js';
import type { LayerScope } from './layer-scope.js';
import type { NetworkTopology, TopologyLayer } from './topology.js';

/** What surrounds the operations of a network. */
export interface NetworkSurroundings {
  readonly ops: GraphOps;
  readonly training: boolean;
  readonly computeType: DataType;
  /** A weight by its full name, `<layer>/<weight>`, float32; undefined when there is none. */
  weight(name: string): Output | undefined;
  /** What the layers that take a layer's output get. @default the output */
  output?(layer: string, value: Output): Output;
  moveTowards(name: string, statistic: Output, momentum: number): void;
  /** int32 [2]: the step's seed and the layer's number. */
  seed(layer: number): Output;
}

/**
 * Adds a network to the graph.
 * @param images [n, height, width, channels] in [0, 1].
 * @returns logits, float32: the last layer's softmax is left to whoever reads them.
 * @throws InvalidModelError for a layer or a setting that is not compiled, and for a network that does not end in a softmax.
 */
export function emitNetwork(topology: NetworkTopology, images: Output, surroundings: NetworkSurroundings): Output {
  const { ops, computeType, output = (_, value) => value } = surroundings;
  const consumers = new Map<string, TopologyLayer[]>();
  for (const layer of topology.layers) for (const input of layer.inputs) consumers.set(input, [...(consumers.get(input) ?? []), layer]);
  const values = new Map<string, Output>();
  const scopeOf = layerScopes(surroundings);
  topology.layers.forEach((layer, index) => {
    const scope = scopeOf(layer, index);
    const inputs = layer.className === 'InputLayer' ? [ops.cast(images, computeType)] : layer.inputs.map((name) => valueNamed(values, name, layer));
    const [next, ...others] = consumers.get(layer.name) ?? [];
    const pooledLater = others.length === 0 && next !== undefined && commutes(layer, next);
    const [previous] = layer.inputs.map((name) => topology.layers.find((other) => other.name === name));
    if (pooledLater) values.set(layer.name, convolve(scope, inputs));
    else if (previous && commutes(previous, layer) && (consumers.get(previous.name)?.length ?? 0) === 1) {
      // Adding a bias and rectifying keep the order of numbers: after the pool they give the same on a quarter of the numbers.
      const finished = finish(scopeOf(previous, topology.layers.indexOf(previous)), emitLayer(scope, inputs));
      // So does a grid, which is not decreasing.
      values.set(layer.name, output(layer.name, output(previous.name, finished)));
    } else values.set(layer.name, output(layer.name, layer.name === topology.output ? emitLast(scope, inputs) : emitLayer(scope, inputs)));
  });
  return ops.cast(valueNamed(values, topology.output), 'float32');
}

/** A convolution whose bias and activation may wait until after the max-pool that follows. */
function commutes({ className, config }: TopologyLayer, next: TopologyLayer): boolean {
  return className === 'Conv2D' && next.className === 'MaxPooling2D' && ['relu', 'linear'].includes(String(config['activation'] ?? 'linear'));
}

function emitLayer(scope: LayerScope, inputs: readonly Output[]): Output {
  const emitter = EMITTERS.get(scope.className);
  if (!emitter) throw new InvalidModelError(`${scope.className} ${scope.name} is no layer that is compiled; these are: ${[...EMITTERS.keys()].join(', ')}.`);
  return emitter(scope, inputs);
}

/** The last layer without its softmax. */
function emitLast(scope: LayerScope, inputs: readonly Output[]): Output {
  if (scope.config['activation'] !== 'softmax') throw new InvalidModelError(`a classifier must end in a softmax, got ${scope.className} ${scope.name} with ${String(scope.config['activation'])}.`);
  return emitLayer({ ...scope, config: { ...scope.config, activation: 'linear' } }, inputs);
}

function layerScopes({ ops, training, computeType, weight, moveTowards, seed }: NetworkSurroundings): (layer: TopologyLayer, index: number) => LayerScope {
  return ({ name, className, config }, index) => {
    const exactWeight = (suffix: string): Output => {
      const found = weight(`${name}/${suffix}`);
      if (!found) throw new InvalidModelError(`${className} ${name} has no weight ${suffix}.`);
      return found;
    };
    return {
      ops, name, className, config, training, computeType, exactWeight,
      weight: (suffix) => ops.cast(exactWeight(suffix), computeType),
      moveTowards: (suffix, statistic, momentum) => moveTowards(`${name}/${suffix}`, statistic, momentum),
      seed: () => seed(index),
    };
  };
}

function valueNamed(values: ReadonlyMap<string, Output>, name: string, user?: TopologyLayer): Output {
  const value = values.get(name);
  if (!value) throw new InvalidModelError(`${user ? `Layer ${user.name}` : 'The network'} takes the output of ${name}, which comes later or is not there.`);
  return value;
}
