import { arrayFor, DATA_TYPES, dataTypeOf } from './data-type.js';
import type { DataType, TensorData } from './data-type.js';
import type { TensorFlowLibrary } from './library.js';

/** A shape in C: int64 dimensions, -1 for an unknown one. */
export function dimensionsOf(shape: readonly number[]): BigInt64Array<ArrayBuffer> {
  const dimensions = new BigInt64Array(new ArrayBuffer(8 * Math.max(1, shape.length)));
  shape.forEach((side, axis) => (dimensions[axis] = BigInt(side)));
  return dimensions;
}

/** A new TF_Tensor with a copy of `data`; whoever asks for it deletes it. */
export function newTensor({ functions, copy }: TensorFlowLibrary, type: DataType, shape: readonly number[], data: ArrayBufferView): bigint {
  const tensor = functions.TF_AllocateTensor(DATA_TYPES[type], dimensionsOf(shape), shape.length, data.byteLength);
  if (data.byteLength > 0) copy(functions.TF_TensorData(tensor), data, data.byteLength);
  return tensor;
}

/** A tensor's elements as an array of their own; the tensor is deleted. */
export function takeTensor({ functions, copy }: TensorFlowLibrary, tensor: bigint): TensorData {
  const bytes = Number(functions.TF_TensorByteSize(tensor));
  const data = arrayFor(dataTypeOf(functions.TF_TensorType(tensor)), bytes);
  if (bytes > 0) copy(data, functions.TF_TensorData(tensor), bytes);
  functions.TF_DeleteTensor(tensor);
  return data;
}
