import type { LayerDefinition } from './layer-definition.js';

/** Settings of PositionEmbedding. */
export type PositionEmbeddingSettings = Readonly<{
  /** Deviation of the first values. */
  stddev: number;
  seed: number;
}>;

/**
 * Adds a learnt vector to each token of [n, tokens, width], so that tokens know their places (Dosovitskiy et al., "An Image is
 * Worth 16x16 Words").
 *
 * Class `PositionEmbedding`, config `stddev`, `seed`; weight `embedding` [tokens, width].
 */
export const positionEmbedding: LayerDefinition<PositionEmbeddingSettings> = {
  className: 'PositionEmbedding',
  defaults: { stddev: 0.02, seed: 0 },
  problems: ({ stddev }, shape) => [
    ...(shape.length === 3 && shape[1] !== null ? [] : ['expected an input [n, tokens, width] whose number of tokens is known']),
    ...(stddev > 0 ? [] : [`stddev is ${stddev}: expected a number above 0`]),
  ],
  weights: ({ stddev }, shape) => [{ name: 'embedding', shape: [shape[1] ?? 0, shape[2] ?? 0], start: stddev }],
  call: (x, { tf, weight }) => tf.add(x, weight('embedding')),
};
