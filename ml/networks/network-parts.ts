import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { CLASSES } from '../models/model.js';
import type { Initializers } from './initializers.js';

type Symbol = tfTypes.SymbolicTensor;
type Padding = 'same' | 'valid';

/** A convolution's shape. */
export interface ConvolutionShape {
  readonly side?: number;
  readonly strides?: number;
  readonly padding?: Padding;
  /** Wanted where no normalisation follows. */
  readonly bias?: boolean;
}

/** The layers that networks are made of, with the initial weights that suit them. The first argument names the layer. */
export interface NetworkParts {
  images(side: number): Symbol;
  conv(name: string, x: Symbol, filters: number, shape?: ConvolutionShape): Symbol;
  depthwise(name: string, x: Symbol, shape?: ConvolutionShape): Symbol;
  /** Batch normalisation; `silent` begins with gamma 0, so that a residual branch begins as nothing (Goyal et al.). */
  normalise(name: string, x: Symbol, silent?: boolean): Symbol;
  relu(name: string, x: Symbol): Symbol;
  activation(name: string, x: Symbol, activation: 'gelu' | 'relu6' | 'swish'): Symbol;
  maxPool(name: string, x: Symbol): Symbol;
  averagePool(name: string, x: Symbol): Symbol;
  add(name: string, a: Symbol, b: Symbol): Symbol;
  dropout(name: string, x: Symbol, rate: number): Symbol;
  dense(name: string, x: Symbol, units: number, bias?: boolean): Symbol;
  layer(layer: tfTypes.layers.Layer, x: Symbol): Symbol;
  /** The softmax `digits` on [n, width], and the whole as a model. */
  classifier(name: string, images: Symbol, x: Symbol): tfTypes.LayersModel;
}

/** @param initializers are taken in the order of the calls. */
export function networkParts(tf: TensorFlow, initializers: Initializers): NetworkParts {
  const { layers } = tf;
  const layer: NetworkParts['layer'] = (made, x) => made.apply(x) as Symbol;
  return {
    layer,
    images: (side) => tf.input({ shape: [side, side, 1], name: 'images' }),
    conv: (name, x, filters, { side = 3, strides = 1, padding = 'same', bias = false } = {}) =>
      layer(layers.conv2d({ name, filters, kernelSize: side, strides, padding, useBias: bias, kernelInitializer: initializers.he() }), x),
    depthwise: (name, x, { side = 3, strides = 1, padding = 'same', bias = false } = {}) =>
      layer(layers.depthwiseConv2d({ name, kernelSize: side, strides, padding, useBias: bias, depthwiseInitializer: initializers.heDepthwise(side) }), x),
    // Moving averages that follow quickly: a full training takes a few thousand steps only.
    normalise: (name, x, silent = false) => layer(layers.batchNormalization({ name, momentum: 0.9, epsilon: 1e-3, gammaInitializer: silent ? 'zeros' : 'ones' }), x),
    relu: (name, x) => layer(layers.reLU({ name }), x),
    activation: (name, x, activation) => layer(layers.activation({ name, activation }), x),
    maxPool: (name, x) => layer(layers.maxPooling2d({ name, poolSize: 2, strides: 2 }), x),
    averagePool: (name, x) => layer(layers.averagePooling2d({ name, poolSize: 2, strides: 2, padding: 'same' }), x),
    add: (name, a, b) => layers.add({ name }).apply([a, b]) as Symbol,
    dropout: (name, x, rate) => layer(layers.dropout({ name, rate }), x),
    dense: (name, x, units, bias = true) => layer(layers.dense({ name, units, useBias: bias, kernelInitializer: initializers.he() }), x),
    classifier(name, images, x) {
      const digits = layers.dense({ name: 'digits', units: CLASSES, activation: 'softmax', kernelInitializer: initializers.glorot() });
      return tf.model({ name, inputs: images, outputs: layer(digits, x) });
    },
  };
}
