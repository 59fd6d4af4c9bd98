import type { Pool2d, Reduce } from '../network-graph.js';
import { unexportable } from '../lowering-scope.js';
import type { Lowering } from '../lowering-scope.js';
import { pair } from '../../../graph/pair.js';

const windowed = (type: Pool2d['type']): Lowering => (scope, [input]) => {
  const { config } = scope;
  if ((config['data_format'] ?? 'channels_last') !== 'channels_last') throw unexportable(scope, 'data_format', config['data_format']);
  const size = pair(config['pool_size'] ?? 2);
  return scope.add({ type, input, size, strides: pair(config['strides'] ?? size), padding: config['padding'] === 'same' ? 'same' : 'valid' });
};

const whole = (how: Reduce['how'], axes: readonly number[]): Lowering => (scope, [input]) => scope.add({ type: 'reduce', how, input, axes, keepDims: false });

/** Pools over windows or whole maps. */
export const poolingLowerings: Readonly<Record<string, Lowering>> = {
  MaxPooling2D: windowed('maxPool2d'),
  AveragePooling2D: windowed('averagePool2d'),
  GlobalAveragePooling2D: whole('mean', [0, 1]),
  GlobalMaxPooling2D: whole('max', [0, 1]),
  GlobalAveragePooling1D: whole('mean', [0]),
};
