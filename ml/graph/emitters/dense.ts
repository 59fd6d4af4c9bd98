import type { Emitter } from '../layer-scope.js';
import { finish } from './convolution.js';

/** Dense layers: on [n, d], or on the last axis of [n, t, d]. */
export const denseEmitters: Readonly<Record<string, Emitter>> = {
  Dense: (scope, [x]) => {
    const { ops } = scope;
    const kernel = scope.weight('kernel');
    const shape = ops.shape(x);
    if (shape.length === 2) return finish(scope, ops.op('MatMul', [x, kernel]));
    const [inputs, units] = ops.shape(kernel);
    const product = finish(scope, ops.op('MatMul', [ops.reshape(x, [-1, inputs]), kernel]));
    return ops.reshape(product, [shape[0], ...shape.slice(1, -1), units]);
  },
};
