import type { Attribute } from '../../../native/tensorflow/attribute.js';
import type { Emitter, LayerScope } from '../layer-scope.js';
import { pair } from '../pair.js';

function poolAttributes({ config }: LayerScope): Record<string, Attribute> {
  const size = pair(config['pool_size'] ?? 2);
  const strides = pair(config['strides'] ?? size);
  return { ksize: { ints: [1, ...size, 1] }, strides: { ints: [1, ...strides, 1] }, padding: { text: String(config['padding'] ?? 'valid').toUpperCase() } };
}

/** Pools over windows or whole maps. */
export const poolingEmitters: Readonly<Record<string, Emitter>> = {
  MaxPooling2D: (scope, [x]) => scope.ops.op('MaxPool', [x], poolAttributes(scope)),
  AveragePooling2D: (scope, [x]) => scope.ops.op('AvgPool', [x], poolAttributes(scope)),
  GlobalAveragePooling2D: ({ ops }, [x]) => ops.reduce('Mean', x, [1, 2]),
  GlobalMaxPooling2D: ({ ops }, [x]) => ops.reduce('Max', x, [1, 2]),
  GlobalAveragePooling1D: ({ ops }, [x]) => ops.reduce('Mean', x, [1]),
};
