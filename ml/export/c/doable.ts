import { shapeSize } from '../../shape-size.js';
import type { Binary, NetworkGraph, NetworkOperator, ValueId } from '../network/network-graph.js';

const OPERATIONS: readonly NetworkOperator['type'][] = [
  'conv2d', 'depthwiseConv2d', 'dense', 'maxPool2d', 'averagePool2d', 'reduce', 'add', 'multiply', 'maximum', 'minimum', 'activation', 'softmax', 'reshape', 'pad', 'concatenate',
];

/** Whether the C engine has an operator: reductions go along neighbouring axes, pads are of maps, a smaller operand repeats along neighbouring axes. */
export function isDoable(graph: NetworkGraph, operator: NetworkOperator): boolean {
  if (!OPERATIONS.includes(operator.type)) return false;
  if (operator.type === 'reduce') return operator.axes.every((axis, at) => at === 0 || axis === operator.axes[at - 1] + 1);
  if (operator.type === 'pad') return operator.before.length === 3 && operator.before[2] === 0 && operator.after[2] === 0;
  return !isBinary(operator) || operandsOf(graph, operator) !== undefined;
}

function isBinary(operator: NetworkOperator): operator is Binary & NetworkOperator {
  return ['add', 'multiply', 'maximum', 'minimum'].includes(operator.type);
}

/** Two operands, the whole one first, as [outer, middle, inner] and [outer, 1, inner]. */
export interface Operands {
  readonly whole: ValueId;
  readonly repeated: ValueId;
  readonly blocks: readonly [outer: number, middle: number, inner: number];
}

/** The operands of an operator element by element; none when neither is an activation of the output's size or they repeat in another way. */
export function operandsOf({ values }: NetworkGraph, { a, b, output }: Binary & { readonly output: ValueId }): Operands | undefined {
  const { shape } = values[output];
  for (const [whole, repeated] of [[a, b], [b, a]] as const) {
    if (values[whole].data || shapeSize(values[whole].shape) !== shapeSize(shape)) continue;
    const own = values[repeated].shape;
    const sides = [...Array.from({ length: shape.length - own.length }, () => 1), ...own];
    const differ = shape.flatMap((side, axis) => (side === sides[axis] ? [] : [axis]));
    const [first, end] = [differ[0] ?? shape.length, (differ.at(-1) ?? shape.length - 1) + 1];
    if (sides.slice(first, end).some((side) => side !== 1)) continue;
    return { whole, repeated, blocks: [shapeSize(shape.slice(0, first)), shapeSize(shape.slice(first, end)), shapeSize(shape.slice(end))] };
  }
  return undefined;
}
