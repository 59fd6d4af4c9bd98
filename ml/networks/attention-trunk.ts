import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { filterProblems } from './filter-problems.js';
import type { Initializers } from './initializers.js';
import { networkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/** What the CNNs with attention share. */
export interface AttentionTrunkOptions {
  /** Output channels of the convolutions (3 x 3, unpadded), by block; each block ends in a 2 x 2 max-pool. */
  readonly filters: readonly (readonly number[])[];
  /** Width of the hidden dense layer. */
  readonly hidden: number;
  /** Before the last layer, in [0, 1). */
  readonly dropout: number;
  /** Without it the network is its twin: the same layers and initial weights, the attention left out. */
  readonly attention: boolean;
}

/** The shared defaults, so that all of these networks have one and the same twin. */
export const ATTENTION_TRUNK: AttentionTrunkOptions = { filters: [[16, 32], [48, 64]], hidden: 128, dropout: 0.3, attention: true };

/** Problems of the shared options. */
export function attentionTrunkProblems({ filters, hidden, dropout, attention }: AttentionTrunkOptions, side: number): string[] {
  return [
    ...filterProblems(filters, side),
    ...optionProblems.count('hidden', hidden),
    ...optionProblems.fraction('dropout', dropout),
    ...optionProblems.flag('attention', attention),
  ];
}

/** Where attention goes: after a block's last relu, before its pool. */
export interface BlockPlace {
  /** From 1. */
  readonly block: number;
  readonly last: boolean;
}

/** Blocks of convolution, batch normalisation and relu, with `attend` before each pool, then a hidden layer and dropout. */
export function buildAttentionTrunk(
  tf: TensorFlow,
  name: string,
  side: number,
  { filters, hidden, dropout, attention }: AttentionTrunkOptions,
  initializers: Initializers,
  attend: (x: tfTypes.SymbolicTensor, place: BlockPlace) => tfTypes.SymbolicTensor,
): tfTypes.LayersModel {
  const parts = networkParts(tf, initializers);
  const images = parts.images(side);
  let convolutions = 0;
  const maps = filters.reduce((input, block, index) => {
    const output = block.reduce((x, channels) => {
      convolutions += 1;
      const linear = parts.conv(`conv${convolutions}`, x, channels, { padding: 'valid' });
      return parts.relu(`relu${convolutions}`, parts.normalise(`norm${convolutions}`, linear));
    }, input);
    const attended = attention ? attend(output, { block: index + 1, last: index + 1 === filters.length }) : output;
    return parts.maxPool(`pool${index + 1}`, attended);
  }, images);
  const flat = parts.layer(tf.layers.flatten({ name: 'flatten' }), maps);
  const features = parts.relu('hidden_relu', parts.normalise('hidden_norm', parts.dense('hidden', flat, hidden, false)));
  return parts.classifier(name, images, parts.dropout('dropout', features, dropout));
}
