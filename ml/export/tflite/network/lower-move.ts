import type { Concatenate, NetworkOperator, Pad, Reshape, Transpose } from '../../network/network-graph.js';
import type { TfliteScope } from './tflite-scope.js';

/** Adds the operator of an operation that moves numbers and changes none. */
export function lowerMove(scope: TfliteScope, operator: (Reshape | Transpose | Pad | Concatenate) & Pick<NetworkOperator, 'layer' | 'output'>): void {
  const { output, layer } = operator;
  switch (operator.type) {
    case 'reshape': {
      const newShape = [-1, ...scope.shape(output)];
      scope.emit({ type: 'reshape', newShape }, [scope.read(operator.input), scope.integers(`${layer}/shape`, [newShape.length], newShape)], scope.write(output));
      return;
    }
    case 'transpose': {
      const order = [0, ...operator.order.map((axis) => axis + 1)];
      scope.emit({ type: 'transpose' }, [scope.read(operator.input), scope.integers(`${layer}/order`, [order.length], order)], scope.write(output));
      return;
    }
    case 'pad': {
      const borders = [0, 0, ...operator.before.flatMap((before, axis) => [before, operator.after[axis]])];
      scope.emit({ type: 'pad' }, [scope.read(operator.input), scope.integers(`${layer}/borders`, [borders.length / 2, 2], borders)], scope.write(output));
      return;
    }
    case 'concatenate':
      scope.emit({ type: 'concatenation', axis: operator.axis + 1 }, operator.inputs.map((input) => scope.readLike(input, output)), scope.write(output));
  }
}
