import { ATTENTION_TRUNK, attentionTrunkProblems, buildAttentionTrunk } from './attention-trunk.js';
import type { AttentionTrunkOptions } from './attention-trunk.js';
import { attendTokens } from './attend-tokens.js';
import { registerLayers } from './layers/register-layers.js';
import type { NetworkDefinition } from './network-definition.js';
import { optionProblems } from './option-problems.js';

/** Options of the CNN with self-attention. */
export interface SelfAttentionCnnOptions extends AttentionTrunkOptions {
  readonly heads: number;
  /** Width of a head's queries, keys and values. */
  readonly keyDim: number;
}

/**
 * A CNN in whose last block every place asks all others before the last pool: positions, layer normalisation and self-attention
 * as one residual step (after Bello et al., "Attention Augmented Convolutional Networks"); attention layer `attention`.
 */
export const selfAttentionCnn: NetworkDefinition<SelfAttentionCnnOptions> = {
  name: 'self-attention-cnn',
  defaults: { ...ATTENTION_TRUNK, heads: 4, keyDim: 16 },
  problems: (options, side) => [
    ...attentionTrunkProblems(options, side),
    ...optionProblems.count('heads', options.heads),
    ...optionProblems.count('keyDim', options.keyDim),
  ],
  build(tf, side, options, initializers) {
    const { positionEmbedding } = registerLayers(tf);
    return buildAttentionTrunk(tf, selfAttentionCnn.name, side, options, initializers, (x, { last }) => {
      if (!last) return x;
      const [, height, width, channels] = x.shape.map(Number);
      const tokens = tf.layers.reshape({ name: 'tokens', targetShape: [height * width, channels] }).apply(x);
      const placed = positionEmbedding({ name: 'positions', seed: initializers.seed() }).apply(tokens) as typeof x;
      const attended = attendTokens(tf, 'attention', placed, options, initializers);
      return tf.layers.reshape({ name: 'maps', targetShape: [height, width, channels] }).apply(attended) as typeof x;
    });
  },
};
