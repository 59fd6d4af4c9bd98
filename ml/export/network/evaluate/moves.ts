import { shapeSize } from '../../../shape-size.js';
import type { Concatenate, Pad, Reshape, Transpose } from '../network-graph.js';
import type { EvaluatedValue, Evaluation } from './arrays.js';
import { positions, stridesOf } from './positions.js';

export const evaluateReshape: Evaluation<Reshape> = (_, [input]) => Float64Array.from(input.data);

export const evaluateTranspose: Evaluation<Transpose> = ({ order }, [input], shape) => {
  const strides = stridesOf(input.shape);
  return Float64Array.from(positions(shape, order.map((axis) => strides[axis])), (position) => input.data[position]);
};

/** Puts values into zeros, each with its first number at an index. */
function placed(values: readonly (EvaluatedValue & { readonly at: readonly number[] })[], shape: readonly number[]): Float64Array {
  const strides = stridesOf(shape);
  const output = new Float64Array(shapeSize(shape));
  for (const { shape: sides, data, at } of values) {
    const start = at.reduce((sum, index, axis) => sum + index * strides[axis], 0);
    positions(sides, strides, start).forEach((position, i) => { output[position] = data[i]; });
  }
  return output;
}

export const evaluatePad: Evaluation<Pad> = ({ before }, [input], shape) => placed([{ ...input, at: before }], shape);

export const evaluateConcatenate: Evaluation<Concatenate> = ({ axis }, inputs, shape) => {
  let taken = 0;
  return placed(inputs.map((input) => {
    const at = shape.map((_, i) => (i === axis ? taken : 0));
    taken += input.shape[axis];
    return { ...input, at };
  }), shape);
};
