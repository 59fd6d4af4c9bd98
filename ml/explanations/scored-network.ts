import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import { denseScores, isDenseSoftmax } from '../training/dense-scores.js';

/** A tf.layers classifier of square grey images as explanations see it: without its last softmax. */
export interface ScoredNetwork {
  readonly model: tfTypes.LayersModel;
  /** Width and height of its images. */
  readonly side: number;
  readonly classes: number;
  /**
   * The classes' scores before the softmax, [n, classes], of images [n, side, side, 1] with ink in [0, 1]. Simonyan et al. explain these: a
   * probability also rises where the other classes' scores fall.
   */
  scores(images: tfTypes.Tensor4D): tfTypes.Tensor2D;
}

/**
 * Reads a model that ends in a dense layer with a softmax, or in one without and a softmax layer.
 * @throws InvalidModelError for any other end, and for inputs that are no square grey images.
 */
export function scoredNetwork(tf: TensorFlow, model: tfTypes.LayersModel): ScoredNetwork {
  const shape = model.inputs[0]?.shape ?? [];
  const [, side, width, channels] = shape;
  if (model.inputs.length !== 1 || shape.length !== 4 || typeof side !== 'number' || width !== side || channels !== 1) {
    throw new InvalidModelError(`Only networks of square grey images can be explained, input [batch, side, side, 1]: this one takes [${shape.join(', ')}].`);
  }
  const last = model.layers.at(-1);
  const trunk = tf.model({ inputs: model.inputs, outputs: last?.input as tfTypes.SymbolicTensor });
  const before = (images: tfTypes.Tensor4D): tfTypes.Tensor2D => trunk.apply(images) as tfTypes.Tensor2D;
  const classes = (last?.outputShape as number[])[1] as number;
  if (last && isDenseSoftmax(last)) return { model, side, classes, scores: (images) => denseScores(tf, last, before(images)) };
  if (last?.getClassName() === 'Softmax' || (last?.getClassName() === 'Activation' && last.getConfig()['activation'] === 'softmax')) {
    return { model, side, classes, scores: before };
  }
  throw new InvalidModelError(`A network is explained by its scores before a last softmax: this one ends in ${last?.getClassName() ?? 'no layer'}.`);
}
