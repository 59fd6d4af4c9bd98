import { InvalidDataError } from '../../shared/errors.js';
import { MAGIC, npyHeader } from './npy-header.js';
import { shapeSize } from '../shape-size.js';

/** The element types that are read and written, by numpy's descriptor without the byte order. */
interface Elements {
  u1: Uint8Array;
  u2: Uint16Array;
  i2: Int16Array;
  i4: Int32Array;
  i8: BigInt64Array;
  f4: Float32Array;
  f8: Float64Array;
}
export type NpyType = keyof Elements;

/** The typed arrays that can be written. */
export type NpyData = Elements[NpyType];

/** One array of a `.npy` file: little-endian, C order. */
export type NpyArray = {
  readonly [D in NpyType]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: Elements[D] };
}[NpyType];

const TYPES = {
  u1: Uint8Array, u2: Uint16Array, i2: Int16Array, i4: Int32Array, i8: BigInt64Array, f4: Float32Array, f8: Float64Array,
};

/**
 * Writes an array as NPY format 1.0, byte for byte as numpy does (numpy.lib.format).
 * @throws InvalidDataError when the shape does not hold exactly the data.
 */
export function encodeNpy(data: NpyData, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const count = shapeSize(shape);
  if (count !== data.length) {
    throw new InvalidDataError(`npy: ${data.length} values do not fill the shape (${shape.join(', ')}), which holds ${count}.`);
  }
  const header = npyHeader(descriptorOf(data), shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/**
 * Reads an NPY file (format 1.0 to 3.0). The data is a view of `bytes` where its address allows one, else a copy.
 * @param name names the file in errors.
 * @throws InvalidDataError for foreign or truncated bytes, Fortran order, big-endian and unsupported element types.
 */
export function decodeNpy(bytes: Uint8Array, name = 'npy'): NpyArray {
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new InvalidDataError(`${name}: not an .npy file: expected it to begin with \\x93NUMPY.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] > 1;
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) {
    throw new InvalidDataError(`${name}: truncated .npy: the header needs ${end} bytes, got ${bytes.length}.`);
  }
  const { dtype, shape } = parseHeader(new TextDecoder().decode(bytes.subarray(start, end)), name);
  const Type = TYPES[dtype];
  const count = shapeSize(shape);
  const expected = count * Type.BYTES_PER_ELEMENT;
  if (bytes.length - end !== expected) {
    throw new InvalidDataError(
      `${name}: the shape (${shape.join(', ')}) of ${dtype} needs ${expected} bytes of data, got ${bytes.length - end}.`,
    );
  }
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + end, expected); // a Buffer's own slice would not copy
  const aligned = body.byteOffset % Type.BYTES_PER_ELEMENT === 0 ? body : body.slice();
  return { dtype, shape, data: new Type(aligned.buffer as ArrayBuffer, aligned.byteOffset, count) } as NpyArray;
}

function descriptorOf(data: NpyData): string {
  const dtype = (Object.keys(TYPES) as NpyType[]).find((key) => data instanceof TYPES[key]);
  if (dtype === undefined) throw new InvalidDataError(`npy: cannot write a ${data.constructor.name}; expected one of ${Object.keys(TYPES).join(', ')}.`);
  return dtype === 'u1' ? '|u1' : `<${dtype}`;
}

function parseHeader(header: string, name: string): { dtype: NpyType; shape: number[] } {
  const descriptor = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const sides = /'shape':\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (descriptor === undefined || fortran === undefined || sides === undefined) {
    throw new InvalidDataError(`${name}: the .npy header lacks a plain descr, fortran_order or shape: ${header.trim().slice(0, 120)}`);
  }
  if (fortran === 'True') {
    throw new InvalidDataError(`${name}: the array is in Fortran order; expected C order. Save numpy.ascontiguousarray(array).`);
  }
  const dtype = descriptor.slice(1) as NpyType;
  if (descriptor.startsWith('>') || !Object.hasOwn(TYPES, dtype)) {
    throw new InvalidDataError(
      `${name}: element type '${descriptor}' is not supported; expected little-endian ${Object.keys(TYPES).join(', ')}. Convert with array.astype.`,
    );
  }
  return { dtype, shape: sides.split(',').filter((side) => side.trim() !== '').map((side) => Number.parseInt(side, 10)) };
}
