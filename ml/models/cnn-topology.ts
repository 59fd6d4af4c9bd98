import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { CnnOptions } from './cnn-options.js';
import { CLASSES } from './model.js';

// Digitloom writes the initial weights itself, from the seed; TensorFlow.js would draw them from Math.random.
const UNSET = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const;

/**
 * The network: blocks of 3 x 3 convolutions with relu, each block ending in a 2 x 2 max-pool, then a dense layer with
 * relu, dropout and a softmax. Plain layers only, so that every exporter can follow.
 * @throws InvalidConfigError when the images are too small for so many convolutions.
 */
export function createCnn(tf: TensorFlow, side: number, { filters, hidden, dropout }: CnnOptions): tfTypes.Sequential {
  const { conv2d, maxPooling2d, flatten, dense, dropout: dropoutLayer } = tf.layers;
  checkSide(side, filters);
  const network = tf.sequential({ name: 'cnn' });
  let convolutions = 0;
  filters.forEach((block, index) => {
    for (const channels of block) {
      convolutions += 1;
      network.add(
        conv2d({
          name: `conv${convolutions}`, filters: channels, kernelSize: 3, padding: 'valid', activation: 'relu', ...UNSET,
          ...(convolutions === 1 && { inputShape: [side, side, 1] }),
        }),
      );
    }
    network.add(maxPooling2d({ name: `pool${index + 1}`, poolSize: 2, strides: 2 }));
  });
  network.add(flatten({ name: 'flatten' }));
  network.add(dense({ name: 'hidden', units: hidden, activation: 'relu', ...UNSET }));
  network.add(dropoutLayer({ name: 'dropout', rate: dropout }));
  network.add(dense({ name: 'digits', units: CLASSES, activation: 'softmax', ...UNSET }));
  return network;
}

function checkSide(side: number, filters: CnnOptions['filters']): void {
  const left = filters.reduce((map, block) => Math.floor((map - 2 * block.length) / 2), side);
  if (left < 1) {
    throw new InvalidConfigError(`cnn: images of ${side} x ${side} pixels are too small for the filters ${JSON.stringify(filters)}: name fewer.`);
  }
}
