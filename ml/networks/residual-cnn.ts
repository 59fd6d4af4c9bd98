import type * as tfTypes from '@tensorflow/tfjs-node';
import type { NetworkDefinition } from './network-definition.js';
import { networkParts } from './network-parts.js';
import type { NetworkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/** Options of the residual CNN. */
export interface ResidualCnnOptions {
  /** Channels of the two convolutions before the first block; the second has stride 2. */
  readonly stem: readonly [number, number];
  /** Channels by stage; every stage but the first begins with stride 2. */
  readonly widths: readonly number[];
  /** Residual blocks (two 3 x 3 convolutions) by stage. */
  readonly blocks: readonly number[];
  /** Before the last layer, in [0, 1). */
  readonly dropout: number;
}

/**
 * A residual network (He et al., "Deep Residual Learning for Image Recognition") whose shortcuts are averaged before they are
 * projected (He et al., "Bag of Tricks for Image Classification with Convolutional Neural Networks") and whose branches begin as
 * nothing (Goyal et al., "Accurate, Large Minibatch SGD").
 */
export const residualCnn: NetworkDefinition<ResidualCnnOptions> = {
  name: 'residual-cnn',
  defaults: { stem: [32, 32], widths: [32, 64, 96], blocks: [1, 1, 1], dropout: 0.3 },
  problems: ({ stem, widths, blocks, dropout }) => [
    ...optionProblems.counts('stem', stem, 2),
    ...(stem.length > 2 ? [`stem has ${stem.length} numbers: expected 2`] : []),
    ...optionProblems.counts('widths', widths),
    ...optionProblems.counts('blocks', blocks),
    ...(widths.length === blocks.length ? [] : [`widths names ${widths.length} stages and blocks ${blocks.length}: expected one number each by stage`]),
    ...optionProblems.fraction('dropout', dropout),
  ],
  build(tf, side, { stem, widths, blocks, dropout }, initializers) {
    const parts = networkParts(tf, initializers);
    const images = parts.images(side);
    const first = unit(parts, 'stem1', images, stem[0], 1);
    let x = unit(parts, 'stem2', first, stem[1], 2);
    widths.forEach((channels, stage) => {
      for (let block = 0; block < blocks[stage]; block++) {
        x = residualBlock(parts, `stage${stage + 1}_block${block + 1}`, x, channels, stage > 0 && block === 0 ? 2 : 1);
      }
    });
    const pooled = parts.layer(tf.layers.globalAveragePooling2d({ name: 'pool' }), x);
    return parts.classifier(residualCnn.name, images, parts.dropout('dropout', pooled, dropout));
  },
};

/** Convolution, normalisation, relu. */
function unit(parts: NetworkParts, name: string, x: tfTypes.SymbolicTensor, channels: number, strides: number): tfTypes.SymbolicTensor {
  return parts.relu(`${name}_relu`, parts.normalise(`${name}_norm`, parts.conv(`${name}_conv`, x, channels, { strides })));
}

function residualBlock(parts: NetworkParts, name: string, x: tfTypes.SymbolicTensor, channels: number, strides: number): tfTypes.SymbolicTensor {
  const first = unit(parts, `${name}_1`, x, channels, strides);
  const branch = parts.normalise(`${name}_2_norm`, parts.conv(`${name}_2_conv`, first, channels), true);
  const pooled = strides === 1 ? x : parts.averagePool(`${name}_pool`, x);
  const shortcut = pooled.shape[3] === channels
    ? pooled
    : parts.normalise(`${name}_shortcut_norm`, parts.conv(`${name}_shortcut_conv`, pooled, channels, { side: 1 }));
  return parts.relu(`${name}_relu`, parts.add(`${name}_add`, branch, shortcut));
}
