import type { TensorData, TensorType } from './tflite-graph.js';

const INT4_BITS = 4;

/** The bytes that a constant takes in the file. */
export function tensorBytes(type: TensorType, size: number): number {
  return type === 'int4' ? Math.ceil(size / 2) : size * { float32: 4, float16: 2, int8: 1, int32: 4 }[type];
}

/** A constant's numbers as the file holds them: little-endian; two int4 a byte, the first in the lower half. */
export function encodeTensorData(type: TensorType, data: TensorData): Uint8Array {
  if (type !== 'int4') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const packed = new Uint8Array(tensorBytes(type, data.length));
  data.forEach((value: number, i: number) => {
    packed[i >> 1] |= (value & 0xf) << (i % 2 === 0 ? 0 : INT4_BITS);
  });
  return packed;
}

/** The inverse; `bytes` must have a buffer of their own and `tensorBytes(type, size)` bytes. */
export function decodeTensorData(type: TensorType, bytes: Uint8Array, size: number): TensorData {
  const { buffer } = bytes;
  switch (type) {
    case 'float32':
      return new Float32Array(buffer);
    case 'float16':
      return new Uint16Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'int4': // shifted up and down again for its sign
      return Int8Array.from({ length: size }, (_, i) => (bytes[i >> 1] << (i % 2 === 0 ? 28 : 24)) >> 28);
  }
}
