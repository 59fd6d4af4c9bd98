import { CLASSES } from '../models/model.js';
import { filterProblems } from './filter-problems.js';
import type { NetworkDefinition } from './network-definition.js';
import { optionProblems } from './option-problems.js';

/** What the plain CNN is made of. */
export interface CnnArchitecture {
  /** Output channels of the convolutions (3 x 3, relu), by block; each block ends in a 2 x 2 max-pool. */
  readonly filters: readonly (readonly number[])[];
  /** Width of the hidden dense layer. */
  readonly hidden: number;
  /** Dropout before the last layer, in [0, 1). */
  readonly dropout: number;
}

/**
 * The network: blocks of 3 x 3 convolutions with relu, each block ending in a 2 x 2 max-pool, then a dense layer with relu, dropout and a
 * softmax, in the manner of LeNet-5 (LeCun et al., "Gradient-Based Learning Applied to Document Recognition"). Plain layers only, so that
 * every exporter can follow.
 */
export const cnn: NetworkDefinition<CnnArchitecture> = {
  name: 'cnn',
  defaults: { filters: [[16], [32, 64]], hidden: 128, dropout: 0.3 },

  problems: ({ filters, hidden, dropout }, side) => [
    ...filterProblems(filters, side),
    ...optionProblems.count('hidden', hidden),
    ...optionProblems.fraction('dropout', dropout),
  ],

  build(tf, side, { filters, hidden, dropout }, initializers) {
    const { conv2d, maxPooling2d, flatten, dense, dropout: dropoutLayer } = tf.layers;
    const network = tf.sequential({ name: 'cnn' });
    let convolutions = 0;
    filters.forEach((block, index) => {
      for (const channels of block) {
        convolutions += 1;
        network.add(conv2d({
          name: `conv${convolutions}`, filters: channels, kernelSize: 3, padding: 'valid', activation: 'relu', kernelInitializer: initializers.he(),
          ...(convolutions === 1 && { inputShape: [side, side, 1] }),
        }));
      }
      network.add(maxPooling2d({ name: `pool${index + 1}`, poolSize: 2, strides: 2 }));
    });
    network.add(flatten({ name: 'flatten' }));
    network.add(dense({ name: 'hidden', units: hidden, activation: 'relu', kernelInitializer: initializers.he() }));
    network.add(dropoutLayer({ name: 'dropout', rate: dropout }));
    network.add(dense({ name: 'digits', units: CLASSES, activation: 'softmax', kernelInitializer: initializers.glorot() }));
    return network;
  },
};
