import { InvalidDataError } from '../../../shared/errors.js';
import type { NetworkGraph, NetworkOperator, ValueId } from '../../export/network/network-graph.js';
import { affineQuantization, PIXEL_QUANTIZATION, SOFTMAX_QUANTIZATION } from '../affine-quantization.js';
import type { AffineQuantization } from '../affine-quantization.js';

/** The smallest and the largest number that a value holds on calibration images, by value. */
export type ValueRanges = ReadonlyMap<ValueId, readonly [min: number, max: number]>;

/** TFLite's int8 tanh gives numbers in 1/128. */
const TANH_QUANTIZATION: AffineQuantization = { scale: 1 / 128, zeroPoint: 0 };

/**
 * How each activation is stored in int8: as TFLite's kernels demand (pixels, softmax, sigmoid, tanh), as its input where a kernel
 * copies numbers, by its range elsewhere.
 * @throws InvalidDataError naming a value without a range, at the call of what is returned.
 */
export function valueQuantization({ values, operators, input }: NetworkGraph, ranges: ValueRanges): (value: ValueId) => AffineQuantization {
  const sources = new Map(operators.map((operator) => [operator.output, operator]));
  const known = new Map<ValueId, AffineQuantization>([[input, PIXEL_QUANTIZATION]]);
  const byRange = (value: ValueId): AffineQuantization => {
    const range = ranges.get(value);
    const name = `'${values[value].name}'`;
    if (!range) throw new InvalidDataError(`${name} has no range. Observe the network's values on calibration images.`);
    if (!range.every(Number.isFinite) || range[0] > range[1]) throw new InvalidDataError(`${name} has the range ${range.join(' to ')}; expected two finite numbers, the smaller first.`);
    return affineQuantization(...range);
  };
  const of = (value: ValueId): AffineQuantization => {
    const found = known.get(value);
    if (found) return found;
    const source = sources.get(value);
    const copied = source && copiedInput(source);
    const affine = copied === undefined ? ((source && demanded(source)) ?? byRange(value)) : of(copied);
    known.set(value, affine);
    return affine;
  };
  return of;
}

function demanded(operator: NetworkOperator): AffineQuantization | undefined {
  if (operator.type === 'softmax' || (operator.type === 'activation' && operator.kind === 'sigmoid')) return SOFTMAX_QUANTIZATION;
  return operator.type === 'activation' && operator.kind === 'tanh' ? TANH_QUANTIZATION : undefined;
}

/** The input whose stored numbers the operation's kernel gives out. */
function copiedInput(operator: NetworkOperator): ValueId | undefined {
  switch (operator.type) {
    case 'maxPool2d': case 'averagePool2d': case 'reshape': case 'transpose': case 'pad':
      return operator.input;
    case 'reduce':
      return operator.how === 'max' ? operator.input : undefined;
    case 'conv2d': case 'depthwiseConv2d': case 'dense': case 'add': case 'multiply': case 'maximum': case 'minimum': case 'activation':
    case 'softmax': case 'standardise': case 'concatenate': case 'batchMatMul':
      return undefined;
  }
}
