import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { WeightSlice } from './adam.js';
import { fusedGradients } from './fused-gradients.js';
import type { FusedGradients } from './fused-gradients.js';

type Tensor = tfTypes.Tensor;
type Layer = tfTypes.layers.Layer;

/** A tf.layers classifier as the eager trainer sees it: its variables, and the way from images to logits. */
export interface LayersNetwork {
  readonly variables: readonly tfTypes.Variable[];
  /** Where each variable lies in one flat array. */
  readonly slices: readonly WeightSlice[];
  readonly parameters: number;
  /** Rate and width of each dropout layer, in order. */
  readonly dropouts: readonly { readonly rate: number; readonly width: number }[];
  /** Logits [n, classes] of images [n, height, width, channels]; with `masks`, dropout is applied. */
  logits(images: Tensor, masks?: readonly Tensor[]): Tensor;
  /** Points the variables at these weights; `weights` must stay unchanged until the next use of the network. */
  assign(weights: Float32Array): void;
}

/** One layer's arithmetic. `mask` is the next dropout mask, when training. */
type Stage = (x: Tensor, nextMask: () => Tensor | undefined) => Tensor;

/**
 * Reads a sequential tf.layers model that ends in a softmax. Convolutions, max-pools, dense, flatten and dropout layers
 * run on kernels with fast gradients; any other layer runs as TensorFlow.js runs it.
 * @throws InvalidModelError when the last layer is not a dense softmax.
 */
export function layersNetwork(tf: TensorFlow, model: tfTypes.LayersModel): LayersNetwork {
  const fused = fusedGradients(tf);
  const last = model.layers.at(-1);
  if (last?.getClassName() !== 'Dense' || last.getConfig()['activation'] !== 'softmax') {
    throw new InvalidModelError(`a classifier must end in a dense softmax, got ${last?.getClassName() ?? 'no layer'}.`);
  }
  const stages = model.layers.map((layer, index) => stageOf(tf, fused, layer, model.layers[index + 1], model.layers[index - 1]));
  const variables = model.trainableWeights.map((weight) => weight.read() as tfTypes.Variable);
  const slices: WeightSlice[] = [];
  let parameters = 0;
  for (const variable of variables) {
    slices.push({ offset: parameters, length: variable.size, decays: variable.shape.length > 1 });
    parameters += variable.size;
  }
  return {
    variables, slices, parameters,
    dropouts: model.layers.filter((layer) => layer.getClassName() === 'Dropout').map((layer) => {
      const shape = layer.outputShape as number[];
      return { rate: layer.getConfig()['rate'] as number, width: shape.slice(1).reduce((product, side) => product * side, 1) };
    }),
    logits(images, masks) {
      let used = 0;
      return stages.reduce((x, stage) => stage(x, () => masks?.[used++]), images);
    },
    assign(weights) {
      variables.forEach((variable, index) => {
        const { offset, length } = slices[index];
        const values = tf.tensor(weights.subarray(offset, offset + length), variable.shape);
        variable.assign(values);
        values.dispose();
      });
    },
  };
}

function stageOf(tf: TensorFlow, fused: FusedGradients, layer: Layer, next?: Layer, previous?: Layer): Stage {
  const config = layer.getConfig();
  const [kernel, bias] = layer.trainableWeights.map((weight) => weight.read());
  const activation = config['activation'];
  const finish = (x: Tensor): Tensor => {
    if (activation === 'relu') return fused.biasRelu(x, bias);
    if (activation === 'linear' || activation === 'softmax') return fused.biasAdd(x, bias); // the loss holds the softmax
    throw new InvalidModelError(`${layer.name}: activation ${String(activation)} is none of relu, linear and softmax.`);
  };
  switch (layer.getClassName()) {
    case 'InputLayer':
      return (x) => x;
    case 'Conv2D': {
      const strides = config['strides'] as [number, number];
      const padding = config['padding'] as 'valid' | 'same';
      const convolve: Stage = (x) => tf.conv2d(x as tfTypes.Tensor4D, kernel as tfTypes.Tensor4D, strides, padding);
      // Adding a bias and relu keep the order of numbers: after the pool they give the same on a quarter of the numbers.
      if (next && isPlainPool(next)) return (x, mask) => finish(fused.maxPool2x2(convolve(x, mask)));
      return (x, mask) => finish(convolve(x, mask));
    }
    case 'MaxPooling2D':
      if (!isPlainPool(layer)) return (x) => layer.apply(x) as Tensor;
      return previous?.getClassName() === 'Conv2D' ? (x) => x : (x) => fused.maxPool2x2(x);
    case 'Flatten':
      return (x) => tf.reshape(x, [x.shape[0], -1]);
    case 'Dropout':
      return (x, nextMask) => {
        const mask = nextMask();
        return mask ? tf.mul(x, tf.reshape(mask, x.shape)) : x;
      };
    case 'Dense':
      return (x) => finish(tf.matMul(x as tfTypes.Tensor2D, kernel as tfTypes.Tensor2D));
    default:
      return (x) => layer.apply(x) as Tensor;
  }
}

function isPlainPool(layer: Layer): boolean {
  const { poolSize, strides, padding } = layer.getConfig() as { poolSize?: number[]; strides?: number[]; padding?: string };
  return layer.getClassName() === 'MaxPooling2D' && `${poolSize}` === '2,2' && `${strides}` === '2,2' && padding === 'valid';
}
