import type * as tfTypes from '@tensorflow/tfjs-node';
import type { NamedWeight } from '../../../../ml/graph/inference-graph.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import type { NetworkTopology } from '../../../../ml/graph/topology.js';
import { weightsOfModel } from '../../../../ml/graph/weight-layout.js';
import { createRandom } from '../../../../ml/random.js';
import type { Random } from '../../../../ml/random.js';

/** A network as exports take it. */
export interface ExportedNetwork {
  readonly topology: NetworkTopology;
  readonly weights: readonly NamedWeight[];
}

/** A model as if it were trained: weights by a seed, of a size at which activations neither vanish nor grow; statistics, gammas, betas and biases are all in use. */
export function randomNetwork(model: tfTypes.LayersModel, seed: number): ExportedNetwork {
  const random = createRandom(seed);
  const weights = weightsOfModel(model).map(({ name, shape, data }) => {
    const draw = drawer(random, name, shape);
    return { name, shape, data: data.map(draw) };
  });
  return { topology: readTopology(model.toJSON(null, false)), weights };
}

function drawer(random: Random, name: string, shape: readonly number[]): () => number {
  if (/(moving_variance|gamma)$/.test(name)) return () => 0.5 + random.uniform();
  if (/(moving_mean|beta|bias|embedding)$/.test(name)) return () => 0.2 * random.normal();
  const inputs = shape.slice(0, name.endsWith('depthwise_kernel') ? 2 : -1).reduce((product, side) => product * side, 1);
  // Small logits, so that no class takes all of the probability.
  return () => Math.sqrt((name === 'digits/kernel' ? 0.5 : 2) / inputs) * random.normal();
}

/** Images of a network, in [0, 1], row after row. */
export function randomImages({ topology }: ExportedNetwork, rows: number, seed: number): Float32Array<ArrayBuffer>[] {
  const random = createRandom(seed);
  const size = topology.inputShape.reduce((product, side) => product * side, 1);
  return Array.from({ length: rows }, () => Float32Array.from({ length: size }, () => random.uniform()));
}
