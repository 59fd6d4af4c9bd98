import { startWasm } from './start-wasm.js';
import { wasm } from './wasm-module.js';
import type { Code, WasmFunction } from './wasm-module.js';

/** Float32 matrix products on one WebAssembly memory; addresses and strides (from row to row) are in bytes. */
export interface MultiplyKernel {
  readonly memory: ArrayBuffer;
  /** c [rows, 4 * width] = a [rows, inner] x b [inner, 4 * width], where `width` is one of those the kernel was built for. */
  multiply(width: number, a: number, aStride: number, b: number, bStride: number, c: number, cStride: number, rows: number, inner: number): void;
}

type Multiply = (a: number, aStride: number, b: number, bStride: number, c: number, cStride: number, rows: number, inner: number) => void;

/**
 * Builds the kernel with at least `bytes` of zeroed memory.
 * @param widths of the products, in vectors of four numbers: each is kept in registers, so 8 is a good largest one.
 */
export function multiplyKernel(bytes: number, widths: readonly number[]): MultiplyKernel {
  const distinct = [...new Set(widths)];
  const { memory, exports } = startWasm<Readonly<Record<string, Multiply>>>(bytes, distinct.map(multiplyOfWidth));
  return {
    memory,
    multiply: (width, ...rest) => exports[`width${width}`](...rest),
  };
}

const { get, set, i32 } = wasm;

function multiplyOfWidth(width: number): WasmFunction {
  const [a, aStride, b, bStride, c, cStride, rows, inner] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [entry, row, left] = [8, 9, 10];
  const factor = 11;
  const sums = Array.from({ length: width }, (_, i) => 12 + i);
  const advance = (local: number, by: Code): Code => [get(local), by, wasm.i32Add, set(local)];
  const countDown = (local: number): Code => [get(local), i32(1), wasm.i32Sub, wasm.tee(local)];
  const zero = wasm.constant(Array.from({ length: 16 }, () => 0));
  const body: Code = wasm.repeat([
    get(a), set(entry),
    get(b), set(row),
    get(inner), set(left),
    ...sums.map((sum): Code => [zero, set(sum)]),
    wasm.repeat([
      get(entry), wasm.load32Splat(0), set(factor),
      ...sums.map((sum, i): Code => [get(factor), get(row), wasm.load(16 * i), wasm.f32x4Mul, get(sum), wasm.f32x4Add, set(sum)]),
      advance(entry, i32(4)),
      advance(row, get(bStride)),
      countDown(left),
    ]),
    ...sums.map((sum, i): Code => [get(c), get(sum), wasm.store(16 * i)]),
    advance(a, get(aStride)),
    advance(c, get(cStride)),
    countDown(rows),
  ]);
  return { name: `width${width}`, parameters: 8, integers: 3, vectors: 1 + width, body };
}
