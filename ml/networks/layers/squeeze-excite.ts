import type { LayerArithmetic, LayerDefinition } from './layer-definition.js';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { channelMlp, channelMlpProblems, channelMlpWeights } from './channel-mlp.js';

/** Settings of SqueezeExcite. */
export type SqueezeExciteSettings = Readonly<{
  /** The hidden layer has channels / ratio units, rounded down. */
  ratio: number;
  seed: number;
}>;

/**
 * Weighs the channels of [n, height, width, channels] by what the whole map holds (Hu, Shen and Sun, "Squeeze-and-Excitation
 * Networks"): x times sigmoid(relu(mean(x) R + r) E + e).
 *
 * Class `SqueezeExcite`, config `ratio`, `seed`; weights `reduce_kernel` [channels, hidden], `reduce_bias`, `expand_kernel`
 * [hidden, channels], `expand_bias`. Attention: `channels` [n, channels].
 */
export const squeezeExcite: LayerDefinition<SqueezeExciteSettings> = {
  className: 'SqueezeExcite',
  defaults: { ratio: 4, seed: 0 },
  problems: ({ ratio }, shape) => channelMlpProblems(ratio, shape),
  weights: ({ ratio }, shape) => channelMlpWeights(ratio, shape),
  call: (x, arithmetic) => arithmetic.tf.mul(x, gate(x, arithmetic).expandDims(1).expandDims(1)),
  attention: (x, arithmetic) => ({ channels: gate(x, arithmetic) }),
};

/** [n, channels] in [0, 1]. */
function gate(x: tfTypes.Tensor, arithmetic: LayerArithmetic<SqueezeExciteSettings>): tfTypes.Tensor {
  const { tf, weight } = arithmetic;
  return tf.sigmoid(channelMlp(tf, tf.mean(x, [1, 2]), weight));
}
