import type { JsonObject } from '../../../shared/json.js';
import type { NamedWeight } from '../../graph/inference-graph.js';
import { readTopology } from '../../graph/topology.js';
import type { TopologyLayer } from '../../graph/topology.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import { withoutLayer } from './edit-topology.js';

const KERNELS: Readonly<Record<string, string>> = { Conv2D: 'kernel', Dense: 'kernel', DepthwiseConv2D: 'depthwise_kernel', SeparableConv2D: 'pointwise_kernel' };

/** A network without the normalisations that follow a product. */
export interface FoldedNetwork {
  readonly saved: SavedNetwork;
  /** By what each kernel's channels were multiplied. */
  readonly factors: ReadonlyMap<string, Float32Array>;
  /** The product that gives now what a normalisation gave. */
  readonly replaced: ReadonlyMap<string, string>;
}

/**
 * Folds each batch normalisation that alone follows a linear product into its kernel and bias: kernel x gamma / sqrt(variance + epsilon).
 * Others stay. A channel of a kernel remains a multiple of what it was, so that a grid of codes stays one with another scale.
 */
export function foldNormalisation(saved: SavedNetwork): FoldedNetwork {
  const { layers } = readTopology(saved.topology);
  const factors = new Map<string, Float32Array>();
  const replaced = new Map<string, string>();
  let { topology } = saved;
  let weights = saved.weights;
  for (const layer of layers) {
    const product = layers.find(({ name }) => name === layer.inputs[0]);
    if (layer.className !== 'BatchNormalization' || !product || !folds(product, layers)) continue;
    const kernel = `${product.name}/${KERNELS[product.className]}`;
    const { factor, bias } = foldOne(layer, product, weights);
    factors.set(kernel, factor);
    replaced.set(layer.name, product.name);
    topology = withoutLayer(topology, layer.name, product.name, { use_bias: true });
    weights = weights.flatMap((weight) => {
      if (weight.name.startsWith(`${layer.name}/`) || weight.name === `${product.name}/bias`) return [];
      if (weight.name !== kernel) return [weight];
      return [{ ...weight, data: weight.data.map((value, i) => value * factor[i % factor.length]) }, { name: `${product.name}/bias`, shape: [bias.length], data: bias }];
    });
  }
  return { saved: { ...saved, topology, weights }, factors, replaced };
}

function folds({ name, className, config }: TopologyLayer, layers: readonly TopologyLayer[]): boolean {
  return className in KERNELS && ['linear', undefined, null].includes(config['activation'] as string | null | undefined) && layers.filter(({ inputs }) => inputs.includes(name)).length === 1;
}

function foldOne({ name, config }: TopologyLayer, product: TopologyLayer, weights: readonly NamedWeight[]): { readonly factor: Float32Array; readonly bias: Float32Array<ArrayBuffer> } {
  const find = (of: string): Float32Array | undefined => weights.find((weight) => weight.name === of)?.data;
  const [gamma, beta, mean, variance, before] = [find(`${name}/gamma`), find(`${name}/beta`), find(`${name}/moving_mean`), find(`${name}/moving_variance`), find(`${product.name}/bias`)];
  const channels = mean?.length ?? 0;
  const epsilon = Number((config as JsonObject)['epsilon'] ?? 1e-3);
  const factor = Float32Array.from({ length: channels }, (_, c) => (gamma?.[c] ?? 1) / Math.sqrt((variance?.[c] ?? 1) + epsilon));
  const bias = Float32Array.from({ length: channels }, (_, c) => (beta?.[c] ?? 0) + ((before?.[c] ?? 0) - (mean?.[c] ?? 0)) * factor[c]);
  return { factor, bias };
}
