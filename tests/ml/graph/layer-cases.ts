import type * as tfTypes from '@tensorflow/tfjs-node';
import type { registerLayers } from '../../../ml/networks/layers/register-layers.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { CLASSES } from './eager-oracle.js';

type Symbolic = tfTypes.SymbolicTensor;
type Layers = TensorFlow['layers'];
type Own = ReturnType<typeof registerLayers>;
/** What is put between images [8, 8, 1] (through a first convolution [6, 6, 4], where it is asked for) and the classes. */
export type Middle = (x: Symbolic, layers: Layers, own: Own) => Symbolic;

/** A layer's output. */
export const apply = (layer: tfTypes.layers.Layer, x: Symbolic | Symbolic[]): Symbolic => layer.apply(x) as Symbolic;
const flat: Middle = (x, { flatten }) => apply(flatten(), x);
const tokens: Middle = (x, { reshape }) => apply(reshape({ targetShape: [36, 4] }), x);

type LayerCase = readonly [covers: string, what: string, middle: Middle];

const cases: readonly LayerCase[] = [
  ['Conv2D', 'strides and padding same', (x, l) => apply(l.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }), x)],
  ['Conv2D', 'no bias', (x, l) => apply(l.conv2d({ filters: 5, kernelSize: [3, 2], useBias: false }), x)],
  ['Conv2D', 'with relu before a max-pool', (x, l) => apply(l.maxPooling2d({ poolSize: 2 }), apply(l.conv2d({ filters: 5, kernelSize: 3, activation: 'relu' }), x))],
  ['Conv2D', 'whose output goes two ways, one of them a max-pool', (x, l) => {
    const maps = apply(l.conv2d({ filters: 5, kernelSize: 3, activation: 'relu' }), x);
    return apply(l.concatenate(), [flat(apply(l.maxPooling2d({ poolSize: 2 }), maps), l, {} as Own), flat(maps, l, {} as Own)]);
  }],
  ['DepthwiseConv2D', 'with a multiplier', (x, l) => apply(l.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, activation: 'relu6' }), x)],
  ['SeparableConv2D', 'padding same', (x, l) => apply(l.separableConv2d({ filters: 6, kernelSize: 3, padding: 'same', activation: 'swish' }), x)],
  ['Dense', 'on tokens', (x, l, o) => apply(l.dense({ units: 5, activation: 'tanh' }), tokens(x, l, o))],
  ['BatchNormalization', 'on maps', (x, l) => apply(l.batchNormalization({ momentum: 0.9 }), x)],
  ['BatchNormalization', 'on vectors', (x, l, o) => apply(l.batchNormalization({ epsilon: 1e-2 }), flat(x, l, o))],
  ['LayerNormalization', 'on tokens', (x, l, o) => apply(l.layerNormalization(), tokens(x, l, o))],
  ['GroupNormalization', 'in two groups', (x, _, o) => apply(o.groupNormalization({ groups: 2 }), x)],
  ['MaxPooling2D', 'overlapping, padding same', (x, l) => apply(l.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), x)],
  ['AveragePooling2D', 'of a window', (x, l) => apply(l.averagePooling2d({ poolSize: 2 }), x)],
  ['GlobalAveragePooling2D', 'of maps', (x, l) => apply(l.globalAveragePooling2d({}), x)],
  ['GlobalMaxPooling2D', 'of maps', (x, l) => apply(l.globalMaxPooling2d({}), x)],
  ['GlobalAveragePooling1D', 'of tokens', (x, l, o) => apply(l.globalAveragePooling1d({}), tokens(x, l, o))],
  ['Activation', 'gelu', (x, l) => apply(l.activation({ activation: 'gelu' }), x)],
  ['Activation', 'hardSigmoid', (x, l) => apply(l.activation({ activation: 'hardSigmoid' }), x)],
  ['Activation', 'selu', (x, l) => apply(l.activation({ activation: 'selu' }), x)],
  ['Activation', 'softplus', (x, l) => apply(l.activation({ activation: 'softplus' }), x)],
  ['ReLU', 'up to 6', (x, l) => apply(l.reLU({ maxValue: 6 }), x)],
  ['LeakyReLU', 'with alpha', (x, l) => apply(l.leakyReLU({ alpha: 0.1 }), x)],
  ['ELU', 'as it is', (x, l) => apply(l.elu(), x)],
  ['Softmax', 'over channels', (x, l) => apply(l.softmax({ axis: 3 }), x)],
  ['ZeroPadding2D', 'uneven', (x, l) => apply(l.zeroPadding2d({ padding: [[1, 0], [2, 1]] }), x)],
  ['Permute', 'of maps', (x, l) => apply(l.permute({ dims: [3, 1, 2] }), x)],
  ['Reshape', 'of maps', (x, l) => apply(l.reshape({ targetShape: [12, 12] }), x)],
  ['Flatten', 'of maps', flat],
  ...(['add', 'multiply', 'average', 'maximum', 'minimum', 'concatenate'] as const).map((name) => [
    name.charAt(0).toUpperCase() + name.slice(1), 'of two branches',
    (x: Symbolic, l: Layers) => apply(l[name](), [apply(l.conv2d({ filters: 4, kernelSize: 3 }), x), apply(l.conv2d({ filters: 4, kernelSize: 3, activation: 'sigmoid' }), x)]),
  ] as const),
  ['SqueezeExcite', 'of maps', (x, _, o) => apply(o.squeezeExcite({ ratio: 2 }), x)],
  ['ConvBlockAttention', 'of maps', (x, _, o) => apply(o.convBlockAttention({ ratio: 2, kernelSize: 3 }), x)],
  ['MultiHeadSelfAttention', 'of tokens', (x, l, o) => apply(o.multiHeadSelfAttention({ heads: 2, keyDim: 3 }), tokens(x, l, o))],
  ['SequencePooling', 'of tokens', (x, l, o) => apply(o.sequencePooling({}), tokens(x, l, o))],
  ['PositionEmbedding', 'of tokens', (x, l, o) => apply(o.positionEmbedding({}), tokens(x, l, o))],
  ['Dropout', 'of nothing', (x, l) => apply(l.dropout({ rate: 0 }), x)],
];

/** A small network with such a middle. */
export function layerNetwork(tf: TensorFlow, own: Own, middle: Middle): tfTypes.LayersModel {
  const { layers } = tf;
  const input = tf.input({ shape: [8, 8, 1] });
  const maps = apply(layers.conv2d({ filters: 4, kernelSize: 3, activation: 'tanh' }), input);
  const out = middle(maps, layers, own);
  const vector = out.shape.length === 2 ? out : apply(layers.flatten(), out);
  return tf.model({ inputs: input, outputs: apply(layers.dense({ units: CLASSES, activation: 'softmax' }), vector) });
}

/** Each layer that is compiled, by what it is tried as. */
export function layerCases(): readonly LayerCase[] {
  return cases;
}
