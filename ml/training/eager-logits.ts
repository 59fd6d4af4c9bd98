import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { NetworkTopology } from '../graph/topology.js';
import type { Matrix } from '../matrix.js';
import type { DropoutPlan } from './batch-plan.js';
import { denseScores, isDenseSoftmax } from './dense-scores.js';
import { predictInBatches } from './predict-in-batches.js';
import { shapeSize } from '../shape-size.js';

type Tensor = tfTypes.Tensor;

/** Rate and width of each dropout layer of a network, in order. */
export function dropoutPlans(model: tfTypes.LayersModel, topology: NetworkTopology): DropoutPlan[] {
  return topology.layers.filter(({ className }) => className === 'Dropout').map(({ name, config }) => {
    const shape = model.getLayer(name).outputShape as number[];
    return { rate: Number(config['rate']), width: shapeSize(shape.slice(1)) };
  });
}

/**
 * Logits [n, classes] of images [n, height, width, channels], layer by layer as TensorFlow.js runs them; the last layer's softmax is left out.
 * @param masks for each dropout layer; absent: the network answers, it is not trained.
 * @throws InvalidModelError when the network does not end in a dense softmax.
 */
export function eagerLogits(tf: TensorFlow, model: tfTypes.LayersModel, topology: NetworkTopology, images: Tensor, masks?: readonly Tensor[]): Tensor {
  const values = new Map<string, Tensor>();
  let dropped = 0;
  for (const { name, className, inputs } of topology.layers) {
    const from = inputs.map((input) => values.get(input) as Tensor);
    if (className === 'InputLayer') values.set(name, images);
    else if (name === topology.output) values.set(name, lastLogits(tf, model.getLayer(name), from[0]));
    else if (className === 'Dropout') {
      const mask = masks?.[dropped++];
      values.set(name, mask ? tf.mul(from[0], tf.reshape(mask, from[0].shape)) : from[0]);
    } else values.set(name, model.getLayer(name).apply(from.length === 1 ? from[0] : from, { training: masks !== undefined }) as Tensor);
  }
  return values.get(topology.output) as Tensor;
}

/** Class probabilities [rows, classes] of images. */
export function eagerProbabilities(tf: TensorFlow, model: tfTypes.LayersModel, topology: NetworkTopology, x: Matrix): Promise<Float32Array> {
  return predictInBatches(x, ({ rows, data }) => {
    let part = new Float32Array(0);
    // Not returned through tidy, which would look for tensors in every element.
    tf.tidy(() => {
      part = tf.softmax(eagerLogits(tf, model, topology, tf.tensor(data, [rows, ...topology.inputShape]))).dataSync() as Float32Array<ArrayBuffer>;
    });
    return part;
  });
}

function lastLogits(tf: TensorFlow, layer: tfTypes.layers.Layer, x: Tensor): Tensor {
  if (!isDenseSoftmax(layer)) throw new InvalidModelError(`a classifier must end in a dense softmax, got ${layer.getClassName()} ${layer.name}.`);
  return denseScores(tf, layer, x);
}
