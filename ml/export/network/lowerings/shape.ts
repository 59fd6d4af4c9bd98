import { shapeSize } from '../../../shape-size.js';
import type { Binary, ValueId } from '../network-graph.js';
import { unexportable } from '../lowering-scope.js';
import type { Lowering, LoweringScope } from '../lowering-scope.js';

/** All inputs put together, two at a time. */
function joined(scope: LoweringScope, type: Binary['type'], inputs: readonly ValueId[], lastPart?: string): ValueId {
  const ranks = new Set(inputs.map((input) => scope.shape(input).length));
  if (ranks.size > 1) throw unexportable(scope, 'inputs of shapes', inputs.map(scope.shape));
  return inputs.slice(1).reduce((a, b, index) => scope.add({ type, a, b }, index === inputs.length - 2 ? lastPart : `${type}${index + 1}`), inputs[0]);
}

/** Layers that move numbers about or put values together. */
export const shapeLowerings: Readonly<Record<string, Lowering>> = {
  Flatten: (scope, [x]) => scope.reshape(x, [shapeSize(scope.shape(x))]),
  Reshape: (scope, [x]) => {
    const target = scope.config['target_shape'] as readonly (number | null)[];
    const isOpen = (side: number | null): side is null => side === null || side < 0;
    const rest = shapeSize(scope.shape(x)) / shapeSize(target.map((side) => (isOpen(side) ? 1 : side)));
    return scope.reshape(x, target.map((side) => (isOpen(side) ? rest : side)));
  },
  Permute: (scope, [input]) => scope.add({ type: 'transpose', input, order: (scope.config['dims'] as readonly number[]).map((axis) => axis - 1) }),
  ZeroPadding2D: (scope, [input]) => {
    const [rows, columns] = scope.config['padding'] as readonly (readonly [number, number])[];
    if (!Array.isArray(rows) || !Array.isArray(columns)) throw unexportable(scope, 'padding', scope.config['padding']);
    return scope.add({ type: 'pad', input, before: [rows[0], columns[0], 0], after: [rows[1], columns[1], 0] });
  },
  Concatenate: (scope, inputs) => {
    const axis = Number(scope.config['axis'] ?? -1);
    if (axis === 0) throw unexportable(scope, 'axis', axis);
    return scope.add({ type: 'concatenate', inputs, axis: axis < 0 ? scope.shape(inputs[0]).length + axis : axis - 1 });
  },
  Add: (scope, inputs) => joined(scope, 'add', inputs),
  Multiply: (scope, inputs) => joined(scope, 'multiply', inputs),
  Average: (scope, inputs) => scope.add({ type: 'multiply', a: joined(scope, 'add', inputs, 'sum'), b: scope.constant('share', [], Float32Array.of(1 / inputs.length)) }),
  Maximum: (scope, inputs) => joined(scope, 'maximum', inputs),
  Minimum: (scope, inputs) => joined(scope, 'minimum', inputs),
  Dropout: (_, [x]) => x,
};
