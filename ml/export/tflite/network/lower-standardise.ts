import type { NetworkOperator, Standardise } from '../../network/network-graph.js';
import type { TfliteScope } from './tflite-scope.js';

/** Adds (x - mean) / sqrt(variance + epsilon) as six operators of float32. */
export function lowerStandardise(scope: TfliteScope, { input, output, axes, epsilon, layer }: Standardise & Pick<NetworkOperator, 'layer' | 'output'>): void {
  const shape = scope.shape(input);
  const reduced = shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
  const real = (part: string, sides: readonly number[]): number => scope.temporary(`${layer}/${part}`, sides, 'real');
  const axesTensor = scope.integers(`${layer}/axes`, [axes.length], axes.map((axis) => axis + 1));
  const x = scope.read(input);
  const [mean, squares, variance, shifted, inverse, centred] = [
    real('mean', reduced), real('squares', shape), real('variance', reduced), real('shifted', reduced), real('inverse', reduced), real('centred', shape),
  ];
  scope.emit({ type: 'mean', keepDims: true }, [x, axesTensor], mean);
  scope.emit({ type: 'squaredDifference' }, [x, mean], squares);
  scope.emit({ type: 'mean', keepDims: true }, [squares, axesTensor], variance);
  scope.emit({ type: 'add', activation: 'linear' }, [variance, scope.number(`${layer}/epsilon`, epsilon)], shifted);
  scope.emit({ type: 'rsqrt' }, [shifted], inverse);
  scope.emit({ type: 'sub', activation: 'linear' }, [x, mean], centred);
  scope.emit({ type: 'mul', activation: 'linear' }, [centred, inverse], scope.write(output));
}
