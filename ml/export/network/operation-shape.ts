import { InvalidModelError } from '../../../shared/errors.js';
import { windowSize } from '../../compression/window-size.js';
import type { NetworkOperation, Reshape, ValueId } from './network-graph.js';

type Shape = readonly number[];
type WithShape = Exclude<NetworkOperation, Reshape>;

/**
 * The shape that an operation gives, from those of its values; a reshape alone says nothing of it.
 * @throws InvalidModelError for shapes that the operation cannot take together.
 */
export function operationShape(operation: WithShape, shapeOf: (value: ValueId) => Shape): Shape {
  switch (operation.type) {
    case 'conv2d': return [...slid(shapeOf(operation.input), shapeOf(operation.kernel), operation), shapeOf(operation.kernel)[3]];
    case 'depthwiseConv2d': return [...slid(shapeOf(operation.input), shapeOf(operation.kernel), operation), shapeOf(operation.input)[2]];
    case 'dense': return [...shapeOf(operation.input).slice(0, -1), shapeOf(operation.kernel)[1]];
    case 'maxPool2d': case 'averagePool2d': return [...slid(shapeOf(operation.input), operation.size, operation), shapeOf(operation.input)[2]];
    case 'reduce': {
      const { axes, keepDims } = operation;
      return shapeOf(operation.input).flatMap((side, axis) => (!axes.includes(axis) ? [side] : keepDims ? [1] : []));
    }
    case 'add': case 'multiply': case 'maximum': case 'minimum': return broadcast(shapeOf(operation.a), shapeOf(operation.b));
    case 'activation': case 'softmax': case 'standardise': return shapeOf(operation.input);
    case 'transpose': return operation.order.map((axis) => shapeOf(operation.input)[axis]);
    case 'pad': return shapeOf(operation.input).map((side, axis) => operation.before[axis] + side + operation.after[axis]);
    case 'concatenate': {
      const shapes = operation.inputs.map(shapeOf);
      return shapes[0].map((side, axis) => (axis === operation.axis ? shapes.reduce((sum, shape) => sum + shape[axis], 0) : side));
    }
    case 'batchMatMul': return [...shapeOf(operation.a).slice(0, -1), shapeOf(operation.b).at(operation.transposeB ? -2 : -1) ?? 1];
  }
}

/** Rows and columns behind a window. */
function slid([height, width]: Shape, [rows, columns]: Shape, { strides, padding }: { readonly strides: Shape; readonly padding: 'same' | 'valid' }): Shape {
  const sides = [windowSize(height, rows, strides[0], padding).positions, windowSize(width, columns, strides[1], padding).positions];
  if (sides.some((side) => side < 1)) throw new InvalidModelError(`A window of ${rows} x ${columns} does not fit into a map of ${height} x ${width}.`);
  return sides;
}

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [left, right] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (left !== right && left !== 1 && right !== 1) throw new InvalidModelError(`Shapes [${a.join(', ')}] and [${b.join(', ')}] cannot be put together element by element.`);
    return left === 1 ? right : left;
  });
}
