import type * as tfTypes from '@tensorflow/tfjs-node';
import type { LayerArithmetic, LayerDefinition } from './layer-definition.js';

/** Settings of SequencePooling: none. */
export type SequencePoolingSettings = Readonly<Record<never, number>>;

/**
 * A mean of the tokens of [n, tokens, width] with learnt shares, softmax over the tokens of x k: [n, width] (Hassani et al.,
 * "Escaping the Big Data Paradigm with Compact Transformers"). It begins as the plain mean and needs no class token.
 *
 * Class `SequencePooling`, no config; weight `kernel` [width, 1]. Attention: `tokens` [n, tokens], rows of which sum to 1.
 */
export const sequencePooling: LayerDefinition<SequencePoolingSettings> = {
  className: 'SequencePooling',
  defaults: {},
  problems: (_, shape) => (shape.length === 3 ? [] : ['expected an input [n, tokens, width]']),
  weights: (_, shape) => [{ name: 'kernel', shape: [shape[2] ?? 0, 1], start: 'zeros' }],
  outputShape: (_, [n, , width]) => [n, width],
  call(x, arithmetic) {
    const { tf } = arithmetic;
    return tf.squeeze(tf.matMul(tf.expandDims(shares(x, arithmetic), 1), x), [1]);
  },
  attention: (x, arithmetic) => ({ tokens: shares(x, arithmetic) }),
};

/** [n, tokens] */
function shares(x: tfTypes.Tensor, { tf, weight }: LayerArithmetic<SequencePoolingSettings>): tfTypes.Tensor {
  const [n, tokens, width] = x.shape;
  return tf.softmax(tf.reshape(tf.matMul(tf.reshape(x, [n * tokens, width]), weight('kernel')), [n, tokens]));
}
