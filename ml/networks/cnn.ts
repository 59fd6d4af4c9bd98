import { CLASSES } from '../models/model.js';
import type { NetworkDefinition } from './network-definition.js';

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

  problems({ filters, hidden, dropout }, side) {
    const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
    const isBlock = (block: unknown): boolean => Array.isArray(block) && block.length > 0 && block.every(isCount);
    const problems = [];
    if (!isCount(hidden)) problems.push(`hidden is ${hidden}: expected a whole number of at least 1`);
    if (!(dropout >= 0 && dropout < 1)) problems.push(`dropout is ${dropout}: expected in [0, 1)`);
    if (!Array.isArray(filters) || filters.length === 0 || !filters.every(isBlock)) {
      problems.push(`filters is ${JSON.stringify(filters)}: expected lists of whole numbers of at least 1, one list a block, e.g. [[16],[32,64]]`);
    } else if (filters.reduce((map, block) => Math.floor((map - 2 * block.length) / 2), side) < 1) {
      problems.push(`images of ${side} x ${side} pixels are too small for the filters ${JSON.stringify(filters)}: name fewer`);
    }
    return problems;
  },

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
