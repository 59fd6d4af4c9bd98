import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';

/** Whether a layer is the usual end of a classifier. */
export function isDenseSoftmax(layer: tfTypes.layers.Layer): boolean {
  return layer.getClassName() === 'Dense' && layer.getConfig()['activation'] === 'softmax';
}

/** What a dense layer gives before its activation, [n, units], of inputs [n, d]. */
export function denseScores(tf: TensorFlow, layer: tfTypes.layers.Layer, x: tfTypes.Tensor): tfTypes.Tensor2D {
  const [kernel, bias] = layer.weights.map((weight) => weight.read());
  const products = tf.matMul(x as tfTypes.Tensor2D, kernel as tfTypes.Tensor2D);
  return (bias ? tf.add(products, bias) : products) as tfTypes.Tensor2D;
}
