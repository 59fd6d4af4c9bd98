import type { NetworkOperation, Reshape, ValueId } from '../network-graph.js';
import { unexportable } from '../lowering-scope.js';
import type { Lowering, LoweringScope } from '../lowering-scope.js';
import { activate } from './activation.js';
import { pair } from '../../../graph/pair.js';

type Operation = Exclude<NetworkOperation, Reshape>;

interface Window {
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
}

/** @throws InvalidModelError for channels first and for dilation. */
function windowOf(scope: LoweringScope): Window {
  const { config } = scope;
  if ((config['data_format'] ?? 'channels_last') !== 'channels_last') throw unexportable(scope, 'data_format', config['data_format']);
  if (pair(config['dilation_rate']).some((rate) => rate !== 1)) throw unexportable(scope, 'dilation_rate', config['dilation_rate']);
  return { strides: pair(config['strides']), padding: config['padding'] === 'same' ? 'same' : 'valid' };
}

/** The bias, where the layer has one. */
export function biasOf({ config, weightValue }: LoweringScope): { readonly bias?: ValueId } {
  return config['use_bias'] === false ? {} : { bias: weightValue('bias') };
}

/** Adds a layer's last operation and the activation behind it. */
export function addActivated(scope: LoweringScope, operation: Operation): ValueId {
  const activation = scope.config['activation'] ?? 'linear';
  return activation === 'linear' ? scope.add(operation) : activate(scope, activation, scope.add(operation, 'linear'));
}

/** What filters each channel by one filter: with a multiplier, of a map that holds each channel as often. */
function channelFilters(scope: LoweringScope, x: ValueId): { readonly type: 'depthwiseConv2d'; readonly input: ValueId; readonly kernel: ValueId; readonly activation: 'linear' } & Window {
  const { shape, data } = scope.weight('depthwise_kernel');
  const [rows, columns, channels, multiplier] = shape;
  const kernel = scope.constant('depthwise_kernel', [rows, columns, channels * multiplier, 1], data);
  return { type: 'depthwiseConv2d', input: multiplier === 1 ? x : repeatChannels(scope, x, channels, multiplier), kernel, activation: 'linear', ...windowOf(scope) };
}

/** Channel c becomes the channels from c times the multiplier on. */
function repeatChannels(scope: LoweringScope, input: ValueId, channels: number, multiplier: number): ValueId {
  const outputs = channels * multiplier;
  const ones = Float32Array.from({ length: channels * outputs }, (_, i) => (Math.floor((i % outputs) / multiplier) === Math.floor(i / outputs) ? 1 : 0));
  const kernel = scope.constant('repeat_kernel', [1, 1, channels, outputs], ones);
  return scope.add({ type: 'conv2d', input, kernel, activation: 'linear', strides: [1, 1], padding: 'valid' }, 'repeated');
}

/** Convolutions. */
export const convolutionLowerings: Readonly<Record<string, Lowering>> = {
  Conv2D: (scope, [input]) => addActivated(scope, { type: 'conv2d', input, kernel: scope.weightValue('kernel'), ...biasOf(scope), activation: 'linear', ...windowOf(scope) }),
  DepthwiseConv2D: (scope, [x]) => addActivated(scope, { ...channelFilters(scope, x), ...biasOf(scope) }),
  SeparableConv2D: (scope, [x]) => {
    const input = scope.add(channelFilters(scope, x), 'depthwise');
    return addActivated(scope, { type: 'conv2d', input, kernel: scope.weightValue('pointwise_kernel'), ...biasOf(scope), activation: 'linear', strides: [1, 1], padding: 'valid' });
  },
};
