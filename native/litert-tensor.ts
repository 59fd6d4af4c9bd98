import koffi from 'koffi';
import { InvalidModelError } from '../shared/errors.js';
import type { LiteRtLibrary } from './litert-library.js';

/** How an input or output holds its numbers. */
export type LiteRtNumbers =
  | { readonly type: 'float32' }
  /** A number is `scale x (stored - zeroPoint)`. */
  | { readonly type: 'int8'; readonly scale: number; readonly zeroPoint: number };

/** The input or output of a model, as one row of it. */
export interface LiteRtTensor {
  /** LiteRtRankedTensorType. */
  readonly layout: Int32Array;
  readonly numbers: LiteRtNumbers;
  readonly size: number;
}

const [FLOAT32, INT8] = [1, 9]; // of LiteRtElementType
const PER_TENSOR = 1; // of LiteRtQuantizationTypeId
const ALIGNMENT = 64; // of memory that LiteRT is lent
const BEYOND = 16; // XNNPACK may read so many bytes beyond the end
const TYPE_INTS = 18; // LiteRtRankedTensorType: element type, rank in seven bits, eight sides, eight strides
const SIDES_AT = 2;
const RANK_BITS = 0x7f;

/** @throws InvalidModelError when a model has not one input and one output of float32 or int8. */
export function inputAndOutput(library: LiteRtLibrary, model: bigint): readonly [input: LiteRtTensor, output: LiteRtTensor] {
  const signature = library.make('LiteRtGetModelSignature', model, 0);
  const [inputs, outputs] = [library.make('LiteRtGetNumSignatureInputs', signature), library.make('LiteRtGetNumSignatureOutputs', signature)];
  if (inputs !== 1n || outputs !== 1n) throw new InvalidModelError(`The .tflite model has ${inputs} inputs and ${outputs} outputs; expected one of each.`);
  return [
    tensorOf(library, library.make('LiteRtGetSignatureInputTensorByIndex', signature, 0), 'takes'),
    tensorOf(library, library.make('LiteRtGetSignatureOutputTensorByIndex', signature, 0), 'gives'),
  ];
}

function tensorOf(library: LiteRtLibrary, tensor: bigint, does: string): LiteRtTensor {
  const layout = new Int32Array(new ArrayBuffer(4 * TYPE_INTS));
  library.call('LiteRtGetRankedTensorType', tensor, layout);
  const [kind] = layout;
  const size = sidesOf(layout).subarray(1).reduce((product, side) => product * side, 1);
  if (!(size >= 1)) throw new InvalidModelError(`The .tflite model ${does} rows of ${size} numbers; expected sides that are known, behind the batch.`);
  if (kind === FLOAT32) return { layout, size, numbers: { type: 'float32' } };
  if (kind !== INT8) throw new InvalidModelError(`The .tflite model ${does} numbers of LiteRT's type ${kind}; expected float32 (${FLOAT32}) or int8 (${INT8}).`);
  const quantization = new Int32Array(new ArrayBuffer(4));
  library.call('LiteRtGetQuantizationTypeId', tensor, quantization);
  if (quantization[0] !== PER_TENSOR) throw new InvalidModelError(`The .tflite model ${does} int8 without one scale for all of it.`);
  const grid = new DataView(new ArrayBuffer(16)); // LiteRtQuantizationPerTensor: a float, then an int64 at 8
  library.call('LiteRtGetPerTensorQuantization', tensor, grid);
  return { layout, size, numbers: { type: 'int8', scale: grid.getFloat32(0, true), zeroPoint: Number(grid.getBigInt64(8, true)) } };
}

/** LiteRtRankedTensorType for so many rows. */
export function layoutFor({ layout }: LiteRtTensor, rows: number): Int32Array {
  const sized = new Int32Array(new ArrayBuffer(4 * TYPE_INTS));
  sized.set(layout);
  sized[SIDES_AT] = rows;
  return sized;
}

/** The sides of a layout, in its memory. */
export function sidesOf(layout: Int32Array): Int32Array {
  return layout.subarray(SIDES_AT, SIDES_AT + ((layout[1] ?? 0) & RANK_BITS));
}

/** Memory outside the heap, where LiteRT wants it: what it is lent does not move. */
export function alignedMemory(length: number): Uint8Array<ArrayBuffer> {
  const memory = new ArrayBuffer(length + ALIGNMENT + BEYOND);
  const off = Number(koffi.address(memory) % BigInt(ALIGNMENT));
  return new Uint8Array(memory, off === 0 ? 0 : ALIGNMENT - off, length);
}

/** The memory of so many rows. */
export function rowsOf({ numbers, size }: LiteRtTensor, rows: number): { readonly bytes: Uint8Array<ArrayBuffer>; readonly numbers: Float32Array | Int8Array } {
  const bytes = alignedMemory(rows * size * (numbers.type === 'float32' ? 4 : 1));
  const { buffer, byteOffset, length } = bytes;
  return { bytes, numbers: numbers.type === 'float32' ? new Float32Array(buffer, byteOffset, length / 4) : new Int8Array(buffer, byteOffset, length) };
}
