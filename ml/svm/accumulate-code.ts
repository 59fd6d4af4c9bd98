import { wasm } from '../wasm/wasm-module.js';
import type { Code, WasmFunction } from '../wasm/wasm-module.js';

/** Bytes of an entry of the list: the address of its float32 values, four bytes unused, its float64 factor. */
export const ENTRY = 16;
/** Sums that are held in registers: the number summed is rounded up to a multiple of it. */
export const SUMMED = 8;

const { get, set, i32 } = wasm;
const FACTOR_AT = 8;
const [FLOATS, DOUBLES] = [4 * SUMMED, 8 * SUMMED];

/**
 * The function `accumulate(list, count, sums, panels)`: to each of `panels` times eight float64 sums is added, for one entry of the list after the
 * other, its factor times its value. Addresses in bytes; products and sums are rounded one by one, as JavaScript's are.
 */
export function accumulateCode(): WasmFunction {
  const [list, count, sums, panels] = [0, 1, 2, 3];
  const [entry, left, offset, values] = [4, 5, 6, 7];
  const factor = 8;
  const held = Array.from({ length: SUMMED / 2 }, (_, i) => 9 + i);
  const advance = (local: number, by: number): Code => [get(local), i32(by), wasm.i32Add, set(local)];
  const countDown = (local: number): Code => [get(local), i32(1), wasm.i32Sub, wasm.tee(local)];
  const body: Code = wasm.repeat([
    ...held.map((sum, i): Code => [get(sums), wasm.load(16 * i), set(sum)]),
    get(list), set(entry),
    get(count), set(left),
    wasm.repeat([
      get(entry), wasm.load64Splat(FACTOR_AT), set(factor),
      get(entry), wasm.i32Load(0), get(offset), wasm.i32Add, set(values),
      ...held.map((sum, i): Code => [
        get(values), wasm.load64Zero(8 * i), wasm.f64x2PromoteLowF32x4, get(factor), wasm.f64x2Mul, get(sum), wasm.f64x2Add, set(sum),
      ]),
      advance(entry, ENTRY),
      countDown(left),
    ]),
    ...held.map((sum, i): Code => [get(sums), get(sum), wasm.store(16 * i)]),
    advance(sums, DOUBLES),
    advance(offset, FLOATS),
    countDown(panels),
  ]);
  return { name: 'accumulate', parameters: 4, integers: 4, vectors: 1 + held.length, body };
}
