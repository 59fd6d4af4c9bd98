import type { Emitter } from '../layer-scope.js';

/** Drops numbers at random while training and scales the others up; the mask has these sides. */
function drop(maskShape: (shape: readonly number[]) => readonly number[]): Emitter {
  return (scope, [x]) => {
    const { ops, config, training } = scope;
    const rate = Number(config['rate']);
    if (!training || rate === 0) return x;
    const random = ops.op('StatelessRandomUniform', [ops.ints(...maskShape(ops.shape(x))), scope.seed()], { dtype: { type: 'float32' } });
    const kept = ops.op('GreaterEqual', [random, ops.scalar(rate)]);
    const type = ops.graph.typeOf(x) ?? 'float32';
    return ops.mul(x, ops.mul(ops.cast(kept, type), ops.scalar(1 / (1 - rate), type)));
  };
}

/** Dropout (Srivastava et al.) and its kin. */
export const dropoutEmitters: Readonly<Record<string, Emitter>> = {
  Dropout: drop((shape) => shape),
  SpatialDropout2D: drop((shape) => [shape[0], 1, 1, shape[3]]),
};
