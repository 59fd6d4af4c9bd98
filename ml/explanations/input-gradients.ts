import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { checkWidth } from '../models/check-width.js';
import type { ScoreWeights } from './score-weights.js';
import type { ScoredNetwork } from './scored-network.js';

/**
 * By how much the weighed score of each image changes with each pixel, [images, pixels], in score per full ink.
 * @throws InvalidModelError when the images are not of the network's size.
 */
export function inputGradients(tf: TensorFlow, network: ScoredNetwork, images: Matrix, weights: ScoreWeights): Matrix<Float32Array> {
  const { side } = network;
  checkWidth('network', images, side * side);
  const data = new Float32Array(images.rows * images.columns);
  // Not returned through tidy, which would look for tensors in every element.
  tf.tidy(() => {
    const asked = tf.tensor2d(weights.data, [weights.rows, weights.columns]);
    const score = tf.grad((x) => tf.sum(tf.mul(network.scores(x as tfTypes.Tensor4D), asked)));
    data.set(score(tf.tensor4d(asFloats(images).data, [images.rows, side, side, 1])).dataSync());
  });
  return { rows: images.rows, columns: images.columns, data };
}
