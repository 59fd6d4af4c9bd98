import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { inputGradients } from './input-gradients.js';
import type { ScoreWeights } from './score-weights.js';
import type { ScoredNetwork } from './scored-network.js';

/**
 * Which pixels would change the score most, inked or not: the size of its gradient, [images, pixels], at least 0. Simonyan, Vedaldi and
 * Zisserman, "Deep Inside Convolutional Networks" (2013).
 * @throws InvalidModelError when the images are not of the network's size.
 */
export function saliency(tf: TensorFlow, network: ScoredNetwork, images: Matrix, weights: ScoreWeights): Matrix<Float32Array> {
  const { data, ...shape } = inputGradients(tf, network, images, weights);
  return { ...shape, data: data.map(Math.abs) };
}
