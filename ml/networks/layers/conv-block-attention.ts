import type * as tfTypes from '@tensorflow/tfjs-node';
import { channelMlp, channelMlpProblems, channelMlpWeights } from './channel-mlp.js';
import type { LayerArithmetic, LayerDefinition } from './layer-definition.js';

/** Settings of ConvBlockAttention. */
export type ConvBlockAttentionSettings = Readonly<{
  /** The hidden layer of the channel attention has channels / ratio units, rounded down. */
  ratio: number;
  /** Side of the spatial attention's kernel. */
  kernelSize: number;
  seed: number;
}>;

/**
 * Weighs the channels, then the places of [n, height, width, channels] (Woo, Park, Lee and Kweon, "CBAM: Convolutional Block
 * Attention Module"): channels by sigmoid(mlp(mean) + mlp(max)) with one perceptron for both, places by the sigmoid of a
 * convolution over the channels' mean and maximum.
 *
 * Class `ConvBlockAttention`, config `ratio`, `kernel_size`, `seed`; weights `reduce_kernel` [channels, hidden], `reduce_bias`,
 * `expand_kernel` [hidden, channels], `expand_bias`, `spatial_kernel` [size, size, 2, 1] (mean, then maximum; padding same, no
 * bias). Attention: `channels` [n, channels], `places` [n, height, width].
 */
export const convBlockAttention: LayerDefinition<ConvBlockAttentionSettings> = {
  className: 'ConvBlockAttention',
  defaults: { ratio: 4, kernelSize: 7, seed: 0 },
  problems: ({ ratio, kernelSize }, shape) => [
    ...channelMlpProblems(ratio, shape),
    ...(Number.isInteger(kernelSize) && kernelSize % 2 === 1 && kernelSize > 0 ? [] : [`kernelSize is ${kernelSize}: expected an odd whole number`]),
  ],
  weights: ({ ratio, kernelSize }, shape) => [
    ...channelMlpWeights(ratio, shape),
    { name: 'spatial_kernel', shape: [kernelSize, kernelSize, 2, 1], start: 'glorot' },
  ],
  call: (x, arithmetic) => attend(x, arithmetic).output,
  attention(x, arithmetic) {
    const { channels, places } = attend(x, arithmetic);
    return { channels: channels.squeeze([1, 2]), places: places.squeeze([3]) };
  },
};

type Attended = Readonly<Record<'channels' | 'places' | 'output', tfTypes.Tensor>>;

function attend(x: tfTypes.Tensor, { tf, weight }: LayerArithmetic<ConvBlockAttentionSettings>): Attended {
  const pooled = tf.add(channelMlp(tf, tf.mean(x, [1, 2]), weight), channelMlp(tf, tf.max(x, [1, 2]), weight));
  const channels = tf.sigmoid(pooled).expandDims(1).expandDims(1);
  const weighed = tf.mul(x, channels);
  const summary = tf.concat([tf.mean(weighed, 3, true), tf.max(weighed, 3, true)], 3) as tfTypes.Tensor4D;
  const places = tf.sigmoid(tf.conv2d(summary, weight('spatial_kernel') as tfTypes.Tensor4D, 1, 'same'));
  return { channels, places, output: tf.mul(weighed, places) };
}
