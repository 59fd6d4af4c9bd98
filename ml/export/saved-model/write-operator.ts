import type { NetworkOperator, Reduce, Standardise } from '../network/network-graph.js';
import type { GraphScope } from './graph-scope.js';
import { writeActivation } from './write-activation.js';
import { writeConvolution, writeDense } from './write-product.js';

const BINARIES = { add: 'AddV2', multiply: 'Mul', maximum: 'Maximum', minimum: 'Minimum' } as const;
const REDUCTIONS = { mean: 'Mean', max: 'Max', sum: 'Sum' } as const;

type Given<Operation> = Operation & Pick<NetworkOperator, 'output'>;

/** An operator as operations of TensorFlow; gives the node of its value. */
export function writeOperator(scope: GraphScope, operator: NetworkOperator): string {
  const { output } = operator;
  switch (operator.type) {
    case 'conv2d': case 'depthwiseConv2d':
      return writeConvolution(scope, operator);
    case 'dense':
      return writeDense(scope, operator);
    case 'maxPool2d': case 'averagePool2d': {
      const { type, input, size, strides, padding } = operator;
      return scope.give(output, type === 'maxPool2d' ? 'MaxPool' : 'AvgPool', [scope.read(input)], {
        ksize: { ints: [1, ...size, 1] }, strides: { ints: [1, ...strides, 1] }, padding: { s: padding.toUpperCase() },
      });
    }
    case 'reduce':
      return writeReduce(scope, operator);
    case 'add': case 'multiply': case 'maximum': case 'minimum':
      return scope.give(output, BINARIES[operator.type], [scope.read(operator.a), scope.read(operator.b)]);
    case 'activation':
      return writeActivation(scope, operator);
    case 'softmax':
      return scope.give(output, 'Softmax', [scope.read(operator.input)]);
    case 'standardise':
      return writeStandardise(scope, operator);
    case 'reshape':
      return scope.give(output, 'Reshape', [scope.read(operator.input), scope.ints(output, 'shape', [-1, ...scope.shape(output)])]);
    case 'transpose':
      return scope.give(output, 'Transpose', [scope.read(operator.input), scope.ints(output, 'order', [0, ...behindBatch(operator.order)])]);
    case 'pad': {
      const { before, after } = operator;
      const paddings = scope.ints(output, 'paddings', [0, 0, ...before.flatMap((zeros, axis) => [zeros, after[axis]])], [before.length + 1, 2]);
      return scope.give(output, 'Pad', [scope.read(operator.input), paddings]);
    }
    case 'concatenate': {
      const inputs = operator.inputs.map((value) => scope.read(value));
      return scope.give(output, 'ConcatV2', [...inputs, scope.ints(output, 'axis', [operator.axis + 1], [])], { N: { i: inputs.length } });
    }
    case 'batchMatMul':
      return scope.give(output, 'BatchMatMulV2', [scope.read(operator.a), scope.read(operator.b)], { adj_y: { b: operator.transposeB } });
  }
}

function writeReduce(scope: GraphScope, { how, input, output, axes, keepDims }: Given<Reduce>): string {
  return scope.give(output, REDUCTIONS[how], [scope.read(input), scope.ints(output, 'axes', behindBatch(axes))], { keep_dims: { b: keepDims } });
}

function writeStandardise(scope: GraphScope, { input, output, axes, epsilon }: Given<Standardise>): string {
  const x = scope.read(input);
  const along = scope.ints(output, 'axes', behindBatch(axes));
  const mean = (part: string, of: string): string => scope.step(output, part, 'Mean', [of, along], { keep_dims: { b: true } });
  const average = mean('mean', x);
  const variance = mean('variance', scope.step(output, 'squares', 'SquaredDifference', [x, average]));
  const scale = scope.step(output, 'scale', 'Rsqrt', [scope.step(output, 'kept_off_zero', 'AddV2', [variance, scope.number(output, 'epsilon', epsilon)])]);
  return scope.give(output, 'Mul', [scope.step(output, 'centred', 'Sub', [x, average]), scale]);
}

function behindBatch(axes: readonly number[]): number[] {
  return axes.map((axis) => axis + 1);
}
