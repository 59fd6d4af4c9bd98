import { startWasm } from '../wasm/start-wasm.js';
import { wasm } from '../wasm/wasm-module.js';
import type { Code } from '../wasm/wasm-module.js';

/** Bits of a position's fraction: two such weights and a byte fit into 31 bits. */
export const FRACTION_BITS = 11;

/** The addresses of what the kernel reads and writes, in bytes. */
export interface WarpLayout {
  /** The framed picture: rows of `stride` bytes. */
  readonly framed: number;
  readonly stride: number;
  /** Each pixel's place (float32, to the right and down from the centre), and what is added to it. */
  readonly across: number;
  readonly along: number;
  readonly right: number;
  readonly down: number;
  /** float32: the homography's nine entries by rows, then the numbers that `WARP_NUMBERS` names. */
  readonly numbers: number;
  readonly pixels: number;
  /** Pixels, rounded up to a multiple of four. */
  readonly count: number;
}

/** Where in `numbers` each stands that is not part of the homography. */
export const WARP_NUMBERS = { nearest: 9, unit: 10, origin: 11, zero: 12, largest: 13, length: 14 } as const;

/** Builds the kernel: `warp` maps and samples all pixels, four at a time. */
export function warpKernel(bytes: number, layout: WarpLayout): { readonly memory: ArrayBuffer; warp(): void } {
  const { memory, exports } = startWasm<{ warp(): void }>(bytes, [{ name: 'warp', parameters: 0, integers: 3, vectors: 12, body: warpBody(layout) }]);
  return { memory, warp: exports.warp };
}

const { get, set, tee, i32 } = wasm;
const [place, target, left] = [0, 1, 2]; // addresses, and vectors still to do
const [px, py, depth, u, v, at, found, partU, partV, top, bottom, ones] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

function warpBody({ framed, stride, across, along, right, down, numbers, pixels, count }: WarpLayout): Code {
  const number = (index: number): Code => [i32(0), wasm.load32Splat(numbers + 4 * index)];
  const whole = (value: number): Code => wasm.constant([0, 1, 2, 3].flatMap(() => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]));
  const sum = (row: number): Code => [
    get(px), number(3 * row), wasm.f32x4Mul, get(py), number(3 * row + 1), wasm.f32x4Mul, wasm.f32x4Add, number(3 * row + 2), wasm.f32x4Add,
  ];
  const position = (row: number, local: number, part: number): Code => [
    sum(row), get(depth), wasm.f32x4Mul, number(WARP_NUMBERS.origin), wasm.f32x4Add,
    number(WARP_NUMBERS.zero), wasm.f32x4Max, number(WARP_NUMBERS.largest), wasm.f32x4Min, wasm.i32x4TruncateF32x4, tee(local),
    get(ones), wasm.v128And, set(part),
    get(local), i32(FRACTION_BITS), wasm.i32x4ShiftRight, set(local),
  ];
  const byte = (index: number): Code => [get(found), i32(8 * index), wasm.i32x4ShiftRight, whole(255), wasm.v128And];
  /** Goes `part` of the way from one value to the other, in units of 2^-FRACTION_BITS. */
  const between = (from: Code, to: Code, part: number): Code => [
    from, i32(FRACTION_BITS), wasm.i32x4ShiftLeft, to, from, wasm.i32x4Sub, get(part), wasm.i32x4Mul, wasm.i32x4Add,
  ];
  const lanes = [0, 1, 2, 3];
  return [
    whole((1 << FRACTION_BITS) - 1), set(ones),
    i32(pixels), set(target),
    i32(count / 4), set(left),
    wasm.repeat([
      get(place), wasm.load(across), get(place), wasm.load(right), wasm.f32x4Add, set(px),
      get(place), wasm.load(along), get(place), wasm.load(down), wasm.f32x4Add, set(py),
      number(WARP_NUMBERS.unit), sum(2), number(WARP_NUMBERS.nearest), wasm.f32x4Max, wasm.f32x4Divide, set(depth),
      position(0, u, partU),
      position(1, v, partV),
      get(v), whole(stride), wasm.i32x4Mul, get(u), wasm.i32x4Add, set(at),
      // of each pixel's four neighbours, the upper two are lane 2i of `found`, the lower two are lane 2i + 1
      ...lanes.map((lane): Code => [
        get(at), wasm.i32x4ExtractLane(lane), get(found), wasm.load16Lane(framed, 2 * lane), set(found),
        get(at), wasm.i32x4ExtractLane(lane), get(found), wasm.load16Lane(framed + stride, 2 * lane + 1), set(found),
      ]),
      between(byte(0), byte(1), partU), set(top),
      between(byte(2), byte(3), partU), set(bottom),
      get(target),
      between(get(top), get(bottom), partV), whole(1 << (2 * FRACTION_BITS - 1)), wasm.i32x4Add, i32(2 * FRACTION_BITS), wasm.i32x4ShiftRight, tee(found),
      get(found), wasm.i16x8NarrowI32x4, tee(found), get(found), wasm.i8x16NarrowI16x8, wasm.store32Lane(0, 0),
      get(target), i32(4), wasm.i32Add, set(target),
      get(place), i32(16), wasm.i32Add, set(place),
      get(left), i32(1), wasm.i32Sub, tee(left),
    ]),
  ];
}
