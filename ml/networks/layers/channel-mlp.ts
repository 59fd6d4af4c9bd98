import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import type { LayerShape, LayerWeight } from './layer-definition.js';

/** What is wrong with a reduction of the channels of [n, height, width, channels]. */
export function channelMlpProblems(ratio: number, shape: LayerShape): string[] {
  const channels = shape.at(-1) ?? 0;
  if (shape.length !== 4) return [`expected an input [n, height, width, channels]`];
  if (!Number.isInteger(ratio) || ratio < 1 || ratio > channels) return [`ratio is ${ratio}: expected a whole number from 1 to the ${channels} channels`];
  return [];
}

/** Weights of a perceptron with channels / ratio hidden units. */
export function channelMlpWeights(ratio: number, shape: LayerShape): LayerWeight[] {
  const channels = shape.at(-1) ?? 0;
  const hidden = Math.floor(channels / ratio);
  return [
    { name: 'reduce_kernel', shape: [channels, hidden], start: 'glorot' },
    { name: 'reduce_bias', shape: [hidden], start: 'zeros' },
    { name: 'expand_kernel', shape: [hidden, channels], start: 'glorot' },
    { name: 'expand_bias', shape: [channels], start: 'zeros' },
  ];
}

/** relu(x R + r) E + e of x [n, channels]. */
export function channelMlp(tf: TensorFlow, x: tfTypes.Tensor, weight: (name: string) => tfTypes.Tensor): tfTypes.Tensor {
  const hidden = tf.relu(tf.add(tf.matMul(x, weight('reduce_kernel')), weight('reduce_bias')));
  return tf.add(tf.matMul(hidden, weight('expand_kernel')), weight('expand_bias'));
}
