import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { checkWidth } from '../models/check-width.js';
import { mapSide } from './layer-path.js';
import { mapGeometry } from './map-geometry.js';
import { placeMaps } from './place-map.js';
import type { ScoreWeights } from './score-weights.js';
import type { ScoredNetwork } from './scored-network.js';

type Layer = tfTypes.layers.Layer;

/**
 * Where a layer sees what raises the score, [images, pixels], at least 0: its channels weighed by the mean gradient of the score to them, the
 * negative part cut off, laid over the image where its units look. Selvaraju et al., "Grad-CAM" (2017).
 * @param layer of the network, with square maps, or tokens that are their places; see `lastMapLayer`.
 * @throws InvalidModelError when its maps are not square, or the images are not of the network's size.
 */
export function gradCam(tf: TensorFlow, network: ScoredNetwork, layer: Layer, images: Matrix, weights: ScoreWeights): Matrix<Float32Array> {
  const { model, side } = network;
  checkWidth('network', images, side * side);
  const size = mapSide(layer);
  let maps = new Float32Array(0);
  tf.tidy(() => {
    const x = tf.tensor4d(asFloats(images).data, [images.rows, side, side, 1]);
    const asked = tf.tensor2d(weights.data, [weights.rows, weights.columns]);
    const seen = tf.model({ inputs: model.inputs, outputs: layer.output as tfTypes.SymbolicTensor }).apply(x) as tfTypes.Tensor;
    const score = tf.grad((map) => withOutput(layer, () => tf.clone(map), () => tf.sum(tf.mul(network.scores(x), asked))));
    const places = (of: tfTypes.Tensor): tfTypes.Tensor => tf.reshape(of, [images.rows, size * size, -1]);
    const channels = tf.mean(places(score(seen)), 1, true);
    maps = tf.relu(tf.sum(tf.mul(places(seen), channels), 2)).dataSync() as Float32Array<ArrayBuffer>;
  });
  return placeMaps({ rows: images.rows, columns: size * size, data: maps }, mapGeometry(layer), side);
}

/**
 * Does something while the layer gives this output, whatever its input: TensorFlow.js cannot make a model that begins within another one,
 * and of a graph with branches there may be none. The model disposes of what its layers give it.
 */
function withOutput<T>(layer: Layer, output: () => tfTypes.Tensor, work: () => T): T {
  const { call } = layer;
  layer.call = output;
  try {
    return work();
  } finally {
    layer.call = call;
  }
}
