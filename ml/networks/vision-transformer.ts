import type * as tfTypes from '@tensorflow/tfjs-node';
import { attendTokens } from './attend-tokens.js';
import { registerLayers } from './layers/register-layers.js';
import type { NetworkDefinition } from './network-definition.js';
import { networkParts } from './network-parts.js';
import type { NetworkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/** Options of the Vision Transformer. */
export interface VisionTransformerOptions {
  /** Side of a token in pixels; must divide the images' side. */
  readonly patch: number;
  /** `patch`: one linear map a patch. `conv`: 3 x 3 convolutions with stride 2 (patch a power of two). */
  readonly stem: 'patch' | 'conv';
  /** Width of a token. */
  readonly width: number;
  /** Blocks of attention and perceptron. */
  readonly depth: number;
  /** Must divide the width. */
  readonly heads: number;
  /** Hidden units of a block's perceptron. */
  readonly hidden: number;
  /** `mean` of the tokens, or learnt shares of them (`sequence`). */
  readonly pooling: 'mean' | 'sequence';
  /** In each block's perceptron and before the last layer, in [0, 1). */
  readonly dropout: number;
}

/**
 * A small Vision Transformer (Dosovitskiy et al., "An Image is Worth 16x16 Words"), normalised before each step, with learnt
 * positions. The convolutional stem is Xiao et al.'s ("Early Convolutions Help Transformers See Better"), the pooling with learnt
 * shares Hassani et al.'s compact transformers'; the attention layers are `block1_attention`, ...
 */
export const visionTransformer: NetworkDefinition<VisionTransformerOptions> = {
  name: 'vision-transformer',
  defaults: { patch: 4, stem: 'conv', width: 64, depth: 6, heads: 4, hidden: 128, pooling: 'sequence', dropout: 0.1 },
  problems({ patch, stem, width, depth, heads, hidden, pooling, dropout }, side) {
    const isPower = Number.isInteger(Math.log2(patch)) && patch >= 2;
    return [
      ...(Number.isInteger(patch) && patch >= 1 && side % patch === 0 ? [] : [`patch is ${patch}: expected a whole number that divides the images' side, ${side}`]),
      ...optionProblems.oneOf('stem', stem, ['patch', 'conv']),
      ...(stem !== 'conv' || isPower ? [] : [`patch is ${patch}: a stem of convolutions with stride 2 needs a power of two`]),
      ...optionProblems.count('width', width),
      ...optionProblems.count('depth', depth),
      ...(Number.isInteger(heads) && heads >= 1 && width % heads === 0 ? [] : [`heads is ${heads}: expected a whole number that divides the width, ${width}`]),
      ...optionProblems.count('hidden', hidden),
      ...optionProblems.oneOf('pooling', pooling, ['mean', 'sequence']),
      ...optionProblems.fraction('dropout', dropout),
    ];
  },
  build(tf, side, options, initializers) {
    const { patch, width, depth, heads, hidden, pooling, dropout } = options;
    const parts = networkParts(tf, initializers);
    const { positionEmbedding, sequencePooling } = registerLayers(tf);
    const normal = (name: string, x: tfTypes.SymbolicTensor): tfTypes.SymbolicTensor => parts.layer(tf.layers.layerNormalization({ name, epsilon: 1e-5 }), x);
    const images = parts.images(side);
    const tokens = parts.layer(tf.layers.reshape({ name: 'tokens', targetShape: [(side / patch) ** 2, width] }), stemMaps(parts, images, options));
    let x = parts.layer(positionEmbedding({ name: 'positions', seed: initializers.seed() }), tokens);
    for (let block = 1; block <= depth; block++) {
      const name = (part: string): string => `block${block}_${part}`;
      x = attendTokens(tf, name('attention'), x, { heads, keyDim: width / heads }, initializers);
      const widened = parts.activation(name('gelu'), parts.dense(name('widen'), normal(name('mlp_norm'), x), hidden), 'gelu');
      x = parts.add(name('mlp_add'), x, parts.dropout(name('dropout'), parts.dense(name('narrow'), widened, width), dropout));
    }
    const last = normal('last_norm', x);
    const pooled = parts.layer(pooling === 'mean' ? tf.layers.globalAveragePooling1d({ name: 'pool' }) : sequencePooling({ name: 'pool' }), last);
    return parts.classifier(visionTransformer.name, images, parts.dropout('dropout', pooled, dropout));
  },
};

/** [n, side / patch, side / patch, width] */
function stemMaps(parts: NetworkParts, images: tfTypes.SymbolicTensor, { stem, patch, width }: VisionTransformerOptions): tfTypes.SymbolicTensor {
  if (stem === 'patch') return parts.conv('patches', images, width, { side: patch, strides: patch, padding: 'valid', bias: true });
  const halvings = Math.log2(patch);
  let x = images;
  for (let at = 1; at <= halvings; at++) {
    const last = at === halvings;
    x = parts.conv(`stem${at}`, x, Math.max(1, Math.round(width / 2 ** (halvings - at))), { strides: 2, bias: last });
    if (!last) x = parts.relu(`stem_relu${at}`, parts.normalise(`stem_norm${at}`, x));
  }
  return x;
}
