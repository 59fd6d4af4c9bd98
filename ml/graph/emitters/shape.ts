import { InvalidModelError } from '../../../shared/errors.js';
import type { Emitter } from '../layer-scope.js';
import { unknownSetting } from '../layer-scope.js';
import { shapeSize } from '../../shape-size.js';

/** Layers that move numbers about. */
export const shapeEmitters: Readonly<Record<string, Emitter>> = {
  Flatten: ({ ops }, [x]) => ops.reshape(x, [-1, shapeSize(ops.shape(x).slice(1))]),
  Reshape: ({ ops, config }, [x]) => {
    const target = config['target_shape'] as readonly (number | null)[];
    const known = shapeSize(target.map((side) => (side === null || side < 0 ? 1 : side)));
    const rest = shapeSize(ops.shape(x).slice(1)) / known;
    return ops.reshape(x, [-1, ...target.map((side) => (side === null || side < 0 ? rest : side))]);
  },
  Permute: ({ ops, config }, [x]) => ops.transpose(x, [0, ...(config['dims'] as readonly number[])]),
  ZeroPadding2D: (scope, [x]) => {
    const [rows, columns] = scope.config['padding'] as readonly (readonly [number, number])[];
    if (!Array.isArray(rows) || !Array.isArray(columns)) throw unknownSetting(scope, 'padding', scope.config['padding']);
    const { ops } = scope;
    return ops.op('Pad', [x, ops.reshape(ops.ints(0, 0, ...rows, ...columns, 0, 0), [4, 2])]);
  },
  Concatenate: ({ ops, config }, inputs) => {
    const axis = Number(config['axis'] ?? -1);
    return ops.op('ConcatV2', [inputs, ops.scalar(axis < 0 ? ops.shape(inputs[0]).length + axis : axis, 'int32')]);
  },
  Add: ({ ops }, inputs) => inputs.reduce((sum, x) => ops.add(sum, x)),
  Multiply: ({ ops }, inputs) => inputs.reduce((all, x) => ops.mul(all, x)),
  Average: ({ ops }, inputs) => ops.mul(inputs.reduce((sum, x) => ops.add(sum, x)), ops.scalar(1 / inputs.length, ops.graph.typeOf(inputs[0]) ?? 'float32')),
  Maximum: ({ ops }, inputs) => inputs.reduce((most, x) => ops.op('Maximum', [most, x])),
  Minimum: ({ ops }, inputs) => inputs.reduce((least, x) => ops.op('Minimum', [least, x])),
  InputLayer: ({ name }, [x]) => {
    if (x === undefined) throw new InvalidModelError(`Input layer ${name} has nothing to read.`);
    return x;
  },
};
