import type { Emitter } from '../layer-scope.js';

/** Dropout (Srivastava et al.): drops numbers at random while training and scales the others up. The mask follows from the step's seed and the layer. */
export const dropoutEmitters: Readonly<Record<string, Emitter>> = {
  Dropout: (scope, [x]) => {
    const { ops, config, training } = scope;
    const rate = Number(config['rate']);
    if (!training || rate === 0) return x;
    const random = ops.op('StatelessRandomUniform', [ops.ints(...ops.shape(x)), scope.seed()], { dtype: { type: 'float32' } });
    const type = ops.graph.typeOf(x) ?? 'float32';
    const kept = ops.cast(ops.op('GreaterEqual', [random, ops.scalar(rate)]), type);
    return ops.mul(x, ops.mul(kept, ops.scalar(1 / (1 - rate), type)));
  },
};
