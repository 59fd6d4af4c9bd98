import { startWasm } from '../wasm/start-wasm.js';
import { wasm } from '../wasm/wasm-module.js';
import type { Code } from '../wasm/wasm-module.js';

/** Positions and output channels that one call of `multiply` works on. */
export const TILE_POSITIONS = 4;
export const TILE_CHANNELS = 8;

/** The requantisation table of TILE_CHANNELS channels: bias (int32), scale (float32), smallest and largest result (int16). */
export const REQUANTIZE = { bias: 0, scale: 32, min: 64, max: 80, bytes: 96 } as const;

/** The inner loops of the int8 interpreter, on one WebAssembly memory. Addresses and strides are in bytes, values int16. */
export interface Int8Kernels {
  readonly memory: ArrayBuffer;
  /**
   * Sums of products, requantised, for 4 positions x 8 channels. The values of a position are `rows` runs of
   * 4 * `quads` values, `rowStride` apart. Weights: [row][pair of values][channel][value of the pair].
   */
  multiply(
    input: number, positionStride: number, rows: number, rowStride: number, quads: number,
    weights: number, requantize: number, output: number, outputStride: number,
  ): void;
  /** Channel-wise maximum of a window of `rows` x `columns` positions, for 8 * `groups` channels. */
  maximum(input: number, rows: number, rowStride: number, columns: number, columnStride: number, groups: number, output: number): void;
}

/** Builds the kernels with at least `bytes` of zeroed memory. */
export function int8Kernels(bytes: number): Int8Kernels {
  const { memory, exports } = startWasm<Omit<Int8Kernels, 'memory'>>(bytes, [
    { name: 'multiply', parameters: 9, integers: 5, vectors: 11, body: multiplyBody() },
    { name: 'maximum', parameters: 7, integers: 3, vectors: 1, body: maximumBody() },
  ]);
  return { memory, ...exports };
}

const { get, set, tee, i32 } = wasm;

/** local = local + code */
function advance(local: number, by: Code): Code {
  return [get(local), by, wasm.i32Add, set(local)];
}

function multiplyBody(): Code {
  const [input, positionStride, rows, rowStride, quads, weights, requantize, output, outputStride] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const positions = [9, 10, 11, 12];
  const left = 13;
  const sum = (position: number, half: number): number => 14 + position * 2 + half;
  const [weights0, weights1, value] = [22, 23, 24];
  const each = <T>(step: (position: number) => T): T[] => positions.map((_, position) => step(position));

  const pair = (index: number): Code => [
    get(weights), wasm.load(index * 32), set(weights0),
    get(weights), wasm.load(index * 32 + 16), set(weights1),
    ...each((position): Code => [
      get(positions[position]), wasm.load32Splat(index * 4), tee(value),
      get(weights0), wasm.i32x4DotI16x8, get(sum(position, 0)), wasm.i32x4Add, set(sum(position, 0)),
      get(value), get(weights1), wasm.i32x4DotI16x8, get(sum(position, 1)), wasm.i32x4Add, set(sum(position, 1)),
    ]),
  ];
  return [
    ...each((position): Code => [
      get(input), get(positionStride), i32(position), wasm.i32Mul, wasm.i32Add, set(positions[position]),
      get(requantize), wasm.load(REQUANTIZE.bias), set(sum(position, 0)),
      get(requantize), wasm.load(REQUANTIZE.bias + 16), set(sum(position, 1)),
    ]),
    get(rowStride), get(quads), i32(8), wasm.i32Mul, wasm.i32Sub, set(rowStride), // what is left to the next row after a run
    wasm.repeat([
      get(quads), set(left),
      wasm.repeat([
        pair(0), pair(1),
        advance(weights, i32(64)),
        ...positions.map((position) => advance(position, i32(8))),
        get(left), i32(1), wasm.i32Sub, tee(left),
      ]),
      ...positions.map((position) => advance(position, get(rowStride))),
      get(rows), i32(1), wasm.i32Sub, tee(rows),
    ]),
    ...each((position): Code => [
      get(output),
      rescaled(get(sum(position, 0)), requantize, 0), rescaled(get(sum(position, 1)), requantize, 16),
      wasm.i16x8NarrowI32x4,
      get(requantize), wasm.load(REQUANTIZE.min), wasm.i16x8Max,
      get(requantize), wasm.load(REQUANTIZE.max), wasm.i16x8Min,
      wasm.store(0),
      advance(output, get(outputStride)),
    ]),
  ];
}

/** Four sums, scaled in float32 and rounded to the nearest, ties to even: as XNNPACK, LiteRT's default delegate, does. */
function rescaled(sums: Code, table: number, half: number): Code {
  return [
    sums, wasm.f32x4ConvertI32x4, get(table), wasm.load(REQUANTIZE.scale + half), wasm.f32x4Mul, wasm.f32x4Nearest, wasm.i32x4TruncateF32x4,
  ];
}

function maximumBody(): Code {
  const [input, rows, rowStride, columns, columnStride, groups, output] = [0, 1, 2, 3, 4, 5, 6];
  const [at, row, column, largest] = [7, 8, 9, 10];
  const lowest = wasm.constant(Array.from({ length: 16 }, (_, byte) => (byte % 2 === 1 ? 0x80 : 0)));
  return [
    get(rowStride), get(columns), get(columnStride), wasm.i32Mul, wasm.i32Sub, set(rowStride),
    wasm.repeat([
      lowest, set(largest),
      get(input), set(at),
      get(rows), set(row),
      wasm.repeat([
        get(columns), set(column),
        wasm.repeat([
          get(at), wasm.load(0), get(largest), wasm.i16x8Max, set(largest),
          advance(at, get(columnStride)),
          get(column), i32(1), wasm.i32Sub, tee(column),
        ]),
        advance(at, get(rowStride)),
        get(row), i32(1), wasm.i32Sub, tee(row),
      ]),
      get(output), get(largest), wasm.store(0),
      advance(input, i32(16)), advance(output, i32(16)),
      get(groups), i32(1), wasm.i32Sub, tee(groups),
    ]),
  ];
}
