import type { NetworkOperator } from '../../network/network-graph.js';
import { lowerActivation } from './lower-activation.js';
import { lowerMove } from './lower-move.js';
import { lowerStandardise } from './lower-standardise.js';
import type { TfliteScope } from './tflite-scope.js';

const REDUCTIONS = { mean: 'mean', max: 'reduceMax', sum: 'sum' } as const;

/** Adds the TFLite operators of one operation of a network. */
export function lowerOperator(scope: TfliteScope, operator: NetworkOperator): void {
  const { output } = operator;
  switch (operator.type) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const { type, padding, strides, activation } = operator;
      scope.emit({ type, padding, strides, activation }, [scope.read(operator.input), ...scope.weights(operator)], scope.write(output));
      return;
    }
    case 'dense': {
      const keepDims = scope.shape(operator.input).length > 1;
      const inputs = [scope.read(operator.input), ...scope.weights(operator)];
      scope.emit({ type: 'fullyConnected', activation: operator.activation, keepDims, asymmetricInputs: scope.storesWeightsAlone }, inputs, scope.write(output));
      return;
    }
    case 'maxPool2d':
    case 'averagePool2d': {
      const { type, padding, strides, size } = operator;
      scope.emit({ type, padding, strides, poolSize: size }, [scope.read(operator.input)], scope.write(output));
      return;
    }
    case 'reduce': {
      const axes = scope.integers(`${operator.layer}/axes`, [operator.axes.length], operator.axes.map(behindBatch));
      scope.emit({ type: REDUCTIONS[operator.how], keepDims: operator.keepDims }, [scope.read(operator.input), axes], scope.write(output));
      return;
    }
    case 'add':
      scope.emit({ type: 'add', activation: 'linear' }, [scope.read(operator.a), scope.read(operator.b)], scope.write(output));
      return;
    case 'multiply':
      scope.emit({ type: 'mul', activation: 'linear' }, [scope.read(operator.a), scope.read(operator.b)], scope.write(output));
      return;
    case 'maximum':
    case 'minimum':
      scope.emit({ type: operator.type }, [scope.readLike(operator.a, output), scope.readLike(operator.b, output)], scope.write(output));
      return;
    case 'softmax':
      scope.emit({ type: 'softmax', beta: 1 }, [scope.read(operator.input)], scope.write(output));
      return;
    case 'batchMatMul':
      scope.emit({ type: 'batchMatMul', transposeB: operator.transposeB }, [scope.read(operator.a), scope.read(operator.b)], scope.write(output));
      return;
    case 'activation':
      return lowerActivation(scope, operator);
    case 'standardise':
      return lowerStandardise(scope, operator);
    case 'reshape':
    case 'transpose':
    case 'pad':
    case 'concatenate':
      return lowerMove(scope, operator);
  }
}

function behindBatch(axis: number): number {
  return axis + 1;
}
