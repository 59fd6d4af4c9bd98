/** TensorFlow's element types that are used here, with their numbers in C (tf_datatype.h). */
export const DATA_TYPES = { float32: 1, float64: 2, int32: 3, uint8: 4, int8: 6, int64: 9, bool: 10, bfloat16: 14, float16: 19, resource: 20 } as const;
export type DataType = keyof typeof DATA_TYPES;

/** What a tensor's elements are in JavaScript. */
export type TensorData = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;

const NAMES = new Map<number, DataType>(Object.entries(DATA_TYPES).map(([name, number]) => [number, name as DataType]));

/** The name of a type's number, or undefined for a type that is not used here. */
export function dataTypeOf(number: number): DataType | undefined {
  return NAMES.get(number);
}

/** The type of an array's elements: float32, int32, uint8 or int64. */
export function dataTypeOfArray(data: ArrayBufferView): DataType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof BigInt64Array ? 'int64' : 'uint8';
}

/** An array for so many bytes of elements of a type. Types without one in JavaScript (bool, int8) come as bytes. */
export function arrayFor(type: DataType | undefined, bytes: number): TensorData {
  const memory = new ArrayBuffer(bytes);
  if (type === 'float32') return new Float32Array(memory);
  if (type === 'int32') return new Int32Array(memory);
  return type === 'int64' ? new BigInt64Array(memory) : new Uint8Array(memory);
}
