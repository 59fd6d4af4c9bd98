import type * as tfTypes from '@tensorflow/tfjs-node';
import type { NetworkDefinition } from './network-definition.js';
import { networkParts } from './network-parts.js';
import type { NetworkParts } from './network-parts.js';
import { optionProblems } from './option-problems.js';

/** Options of MobileNetV2. */
export interface MobileNetV2Options {
  /** Width multiplier; Keras has weights for 0.35, 0.5, 0.75, 1, 1.3 and 1.4. */
  readonly alpha: number;
  /** Inverted residual blocks, of 17 (Sandler et al., table 2). */
  readonly blocks: number;
  /** Channels of the last 1 x 1 convolution. */
  readonly last: number;
  /** Strides of the first convolution and of the blocks 1, 3, 6 and 13. Strides change no weight. */
  readonly strides: readonly number[];
  /** Before the last layer, in [0, 1). */
  readonly dropout: number;
}

/** Channels, expansion and number of the blocks, by stage. */
const STAGES = [[16, 1, 1], [24, 6, 2], [32, 6, 3], [64, 6, 4], [96, 6, 3], [160, 6, 3], [320, 6, 1]] as const;
const BLOCKS = STAGES.flatMap(([channels, expansion, count]) => Array.from({ length: count }, () => ({ channels, expansion })));
const STRIDED = [1, 3, 6, 13];

/**
 * MobileNetV2 (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks") with the layer names of Keras, so that its
 * weights fit by name. The layer `adapter` (1 x 1, grey to three channels) begins as grey in [-1, 1] thrice, which is what those
 * weights were trained on; the strides suit 28 x 28 pixels.
 */
export const mobileNetV2: NetworkDefinition<MobileNetV2Options> = {
  name: 'mobilenet-v2',
  defaults: { alpha: 0.35, blocks: 17, last: 1280, strides: [1, 2, 2, 1, 2], dropout: 0.2 },
  problems: ({ alpha, blocks, last, strides, dropout }) => [
    ...optionProblems.positive('alpha', alpha),
    ...optionProblems.count('blocks', blocks),
    ...(blocks > BLOCKS.length ? [`blocks is ${blocks}: expected at most ${BLOCKS.length}`] : []),
    ...optionProblems.count('last', last),
    ...(Array.isArray(strides) && strides.length === STRIDED.length + 1 && strides.every((stride) => stride === 1 || stride === 2)
      ? []
      : [`strides is ${JSON.stringify(strides)}: expected ${STRIDED.length + 1} numbers, each 1 or 2`]),
    ...optionProblems.fraction('dropout', dropout),
  ],
  build(tf, side, { alpha, blocks, last, strides, dropout }, initializers) {
    const parts = networkParts(tf, initializers);
    const images = parts.images(side);
    const adapter = tf.layers.conv2d({
      name: 'adapter', filters: 3, kernelSize: 1, kernelInitializer: tf.initializers.constant({ value: 2 }), biasInitializer: tf.initializers.constant({ value: -1 }),
    });
    const first = parts.conv('Conv1', parts.layer(adapter, images), toEights(32 * alpha), { strides: strides[0] });
    let x = parts.activation('Conv1_relu', parts.normalise('bn_Conv1', first), 'relu6');
    BLOCKS.slice(0, blocks).forEach(({ channels, expansion }, index) => {
      x = invertedResidual(parts, x, index, { channels: toEights(channels * alpha), expansion, strides: STRIDED.includes(index) ? strides[STRIDED.indexOf(index) + 1] : 1 });
    });
    const wide = parts.normalise('Conv_1_bn', parts.conv('Conv_1', x, last, { side: 1 }));
    const pooled = parts.layer(tf.layers.globalAveragePooling2d({ name: 'global_average_pooling2d' }), parts.activation('out_relu', wide, 'relu6'));
    return parts.classifier(mobileNetV2.name, images, parts.dropout('dropout', pooled, dropout));
  },
};

interface Block {
  readonly channels: number;
  readonly expansion: number;
  readonly strides: number;
}

/** Widen, convolve each channel, narrow without a rectifier; added to the input where the shapes allow. */
function invertedResidual(parts: NetworkParts, x: tfTypes.SymbolicTensor, index: number, { channels, expansion, strides }: Block): tfTypes.SymbolicTensor {
  const prefix = index === 0 ? 'expanded_conv_' : `block_${index}_`;
  const inputs = Number(x.shape[3]);
  const unit = (name: string, linear: tfTypes.SymbolicTensor): tfTypes.SymbolicTensor => parts.activation(`${prefix}${name}_relu`, parts.normalise(`${prefix}${name}_BN`, linear), 'relu6');
  const wide = expansion === 1 ? x : unit('expand', parts.conv(`${prefix}expand`, x, expansion * inputs, { side: 1 }));
  const deep = unit('depthwise', parts.depthwise(`${prefix}depthwise`, wide, { strides }));
  const narrow = parts.normalise(`${prefix}project_BN`, parts.conv(`${prefix}project`, deep, channels, { side: 1 }));
  return strides === 1 && inputs === channels ? parts.add(`${prefix}add`, x, narrow) : narrow;
}

/** The multiple of 8 nearest to a width, but not below nine tenths of it. */
function toEights(width: number): number {
  const nearest = Math.max(8, Math.floor((width + 4) / 8) * 8);
  return nearest < 0.9 * width ? nearest + 8 : nearest;
}
