import type { Attribute } from '../../../native/tensorflow/attribute.js';
import type { Output } from '../../../native/tensorflow/graph.js';
import { pair } from '../pair.js';
import { unknownSetting } from '../layer-scope.js';
import type { Emitter, LayerScope } from '../layer-scope.js';
import { activate } from './activation.js';

/** Strides and padding as TensorFlow's attributes. @throws InvalidModelError for channels first and for dilation. */
function windowAttributes(scope: LayerScope): Record<string, Attribute> {
  const { config } = scope;
  if ((config['data_format'] ?? 'channels_last') !== 'channels_last') throw unknownSetting(scope, 'data_format', config['data_format']);
  const [down, right] = pair(config['strides']);
  // oneDNN fails on the gradients of dilated convolutions (TensorFlow 2.21).
  if (pair(config['dilation_rate']).some((rate) => rate !== 1)) throw unknownSetting(scope, 'dilation_rate', config['dilation_rate']);
  return {
    strides: { ints: [1, down, right, 1] },
    padding: { text: String(config['padding']).toUpperCase() },
  };
}

/** Adds the bias, where there is one, and applies the layer's activation. */
export function finish(scope: LayerScope, x: Output): Output {
  const biased = scope.config['use_bias'] === false ? x : scope.ops.op('BiasAdd', [x, scope.weight('bias')]);
  return activate(scope, scope.config['activation'] ?? 'linear', biased);
}

/** The convolution alone, without bias and activation. */
export const convolve: Emitter = (scope, [x]) => scope.ops.op('Conv2D', [x, scope.weight('kernel')], windowAttributes(scope));

/** Convolutions (NHWC; kernels HWIO). */
export const convolutionEmitters: Readonly<Record<string, Emitter>> = {
  Conv2D: (scope, inputs) => finish(scope, convolve(scope, inputs)),
  DepthwiseConv2D: (scope, [x]) => finish(scope, scope.ops.op('DepthwiseConv2dNative', [x, scope.weight('depthwise_kernel')], windowAttributes(scope))),
  SeparableConv2D: (scope, [x]) => {
    const { ops } = scope;
    const deep = ops.op('DepthwiseConv2dNative', [x, scope.weight('depthwise_kernel')], windowAttributes(scope));
    return finish(scope, ops.op('Conv2D', [deep, scope.weight('pointwise_kernel')], { strides: { ints: [1, 1, 1, 1] }, padding: { text: 'VALID' } }));
  },
};
