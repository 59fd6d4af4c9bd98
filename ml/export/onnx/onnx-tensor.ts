import { InternalError } from '../../../shared/errors.js';
import { ONNX_TYPES } from './onnx-schema.js';
import type { OnnxType } from './onnx-schema.js';

/** A constant, row-major; its element type is that of the array (Uint16Array: the bits of float16). */
export interface OnnxTensor {
  /** [] for a number. */
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | Int8Array | Uint8Array | Int32Array | BigInt64Array | Uint16Array;
}

const TYPE_OF_ARRAY: Readonly<Record<string, OnnxType>> = {
  Float32Array: 'float', Float64Array: 'double', Int8Array: 'int8', Uint8Array: 'uint8', Int32Array: 'int32', BigInt64Array: 'int64', Uint16Array: 'float16',
};

/**
 * A constant as the fields of a TensorProto: its elements as little-endian bytes (`raw_data`).
 * @throws InternalError when the elements are not as many as the sides say.
 */
export function encodeOnnxTensor(name: string, { dims, data }: OnnxTensor): Record<string, unknown> {
  const type = TYPE_OF_ARRAY[data.constructor.name];
  const expected = dims.reduce((size, side) => size * side, 1);
  if (type === undefined || expected !== data.length) {
    throw new InternalError(`The ONNX constant ${name} has ${data.length} elements (${data.constructor.name}) for the sides [${dims.join(', ')}]; expected ${expected}.`);
  }
  return { name, dims, dataType: ONNX_TYPES[type], rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}
