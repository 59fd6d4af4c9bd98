import type * as tfTypes from '@tensorflow/tfjs-node';
import { createRandom } from '../../ml/random.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';

/** Sets a model's weights by a seed: normal ones times `scale`. */
export function seedWeights(tf: TensorFlow, model: tfTypes.LayersModel, seed: number, scale = 0.3): void {
  const random = createRandom(seed);
  tf.tidy(() => model.setWeights(model.weights.map((weight) => {
    const shape = weight.shape as number[];
    const size = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(Float32Array.from({ length: size }, () => scale * random.normal()), shape);
  })));
}
