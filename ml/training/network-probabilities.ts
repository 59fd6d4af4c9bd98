import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import type { LayersNetwork } from './layers-network.js';

/** Rows that are predicted at once: enough to keep the kernels busy, few enough for their maps to stay in the cache. */
export const PREDICTION_BATCH = 256;

/** Class probabilities [rows, classes] of at most a batch of images of `side` x `side` pixels. */
export function networkProbabilities(tf: TensorFlow, network: LayersNetwork, x: Matrix, side: number): Float32Array {
  let probabilities = new Float32Array(0);
  // Not returned through tidy, which would look for tensors in every element.
  tf.tidy(() => {
    const images = tf.tensor4d(asFloats(x).data, [x.rows, side, side, 1]);
    probabilities = tf.softmax(network.logits(images) as tfTypes.Tensor2D).dataSync() as Float32Array<ArrayBuffer>;
  });
  return probabilities;
}
