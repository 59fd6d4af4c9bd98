import type * as tfTypes from '@tensorflow/tfjs-node';
import type { NetworkDefinition } from './network-definition.js';
import { networkParts } from './network-parts.js';
import type { NetworkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/**
 * One step of a tiny network: `conv` 3 x 3, `point` 1 x 1, `separable` 3 x 3 by channel and then 1 x 1, each followed by batch
 * normalisation and the activation; or a 2 x 2 max-pool.
 */
export type TinyStage = { readonly kind: 'conv' | 'point' | 'separable'; readonly filters: number } | { readonly kind: 'pool' };

/** Options of the tiny CNNs. */
export interface TinyCnnOptions {
  readonly stages: readonly TinyStage[];
  /** Whether 3 x 3 convolutions keep the sides of the maps. */
  readonly padding: 'same' | 'valid';
  readonly activation: 'leaky-relu' | 'swish';
  /** Of the leaky relu below zero, in [0, 1). */
  readonly slope: number;
  /** Before the last layer, in [0, 1). */
  readonly dropout: number;
}

const conv = (filters: number): TinyStage => ({ kind: 'conv', filters });
const separable = (filters: number): TinyStage => ({ kind: 'separable', filters });
const pool: TinyStage = { kind: 'pool' };

/** 7,578 trained numbers and 136 moving averages; shapes and activation chosen in docs/experiments-networks.md. */
const SMALL: TinyCnnOptions = { stages: [conv(8), conv(12), pool, conv(16), conv(16), pool, conv(16)], padding: 'valid', activation: 'swish', slope: 0.1, dropout: 0 };
/** 829 trained numbers and 84 moving averages. */
const LEAST: TinyCnnOptions = { ...SMALL, stages: [conv(5), separable(8), pool, separable(9), separable(10), separable(10)] };

/**
 * Networks of a few thousand or a few hundred parameters: small convolutions, batch normalisation, global average pooling, no
 * hidden dense layer (the shape is that of JoshWarn/Parameter-Efficient-MNIST and nitin-vig/ERAv4S6).
 */
export const tinyCnn: NetworkDefinition<TinyCnnOptions> = {
  name: 'tiny-cnn',
  defaults: SMALL,
  presets: { '8k': SMALL, '1k': LEAST },
  problems({ stages, padding, activation, slope, dropout }, side) {
    const known = Array.isArray(stages) && stages.every((stage) => stage.kind === 'pool' || (['conv', 'point', 'separable'].includes(stage.kind) && optionProblems.count('filters', stage.filters).length === 0));
    const shrink = padding === 'valid' ? 2 : 0;
    const left = known ? stages.reduce((map, { kind }) => (kind === 'pool' ? Math.floor(map / 2) : kind === 'point' ? map : map - shrink), side) : 1;
    return [
      ...(known && stages.some(({ kind }) => kind !== 'pool') ? [] : [`stages is ${JSON.stringify(stages)}: expected a list of { kind: conv, point or separable, filters } and { kind: pool }`]),
      ...optionProblems.sideLeft(`${known ? stages.length : 0} stages`, side, left),
      ...optionProblems.oneOf('padding', padding, ['same', 'valid']),
      ...optionProblems.oneOf('activation', activation, ['leaky-relu', 'swish']),
      ...optionProblems.fraction('slope', slope),
      ...optionProblems.fraction('dropout', dropout),
    ];
  },
  build(tf, side, { stages, padding, activation, slope, dropout }, initializers) {
    const parts = networkParts(tf, initializers);
    const images = parts.images(side);
    const maps = stages.reduce((x, stage, index) => {
      const at = index + 1;
      if (stage.kind === 'pool') return parts.maxPool(`pool${at}`, x);
      const normal = parts.normalise(`norm${at}`, convolve(parts, at, x, stage, padding));
      return activation === 'swish' ? parts.activation(`swish${at}`, normal, 'swish') : parts.layer(tf.layers.leakyReLU({ name: `relu${at}`, alpha: slope }), normal);
    }, images);
    const pooled = parts.layer(tf.layers.globalAveragePooling2d({ name: 'pool' }), maps);
    return parts.classifier(tinyCnn.name, images, parts.dropout('dropout', pooled, dropout));
  },
};

function convolve(
  parts: NetworkParts, at: number, x: tfTypes.SymbolicTensor, { kind, filters }: Exclude<TinyStage, { kind: 'pool' }>, padding: 'same' | 'valid',
): tfTypes.SymbolicTensor {
  if (kind === 'conv') return parts.conv(`conv${at}`, x, filters, { padding });
  const input = kind === 'point' ? x : parts.depthwise(`depthwise${at}`, x, { padding });
  return parts.conv(`point${at}`, input, filters, { side: 1 });
}
