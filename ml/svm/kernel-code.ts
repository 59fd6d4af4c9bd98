import { wasm } from '../wasm/wasm-module.js';
import type { Code, WasmFunction } from '../wasm/wasm-module.js';
import type { KernelFunction } from './kernel-function.js';

/** Left rows of a tile, whose numbers lie interleaved: four of column 0, four of column 1, and so on; then the rows' own terms. */
export const LEFT = 4;
/** Right rows of a tile, interleaved likewise. */
export const RIGHT = 8;
/** Columns are padded with zeros to a multiple of this. */
export const UNROLLED = 2;

const { get, set, tee, i32 } = wasm;
const FLOAT = 4;
const VECTORS = RIGHT / 4;

/**
 * The function `tiles(left, groups, right, panels, out, outStride)`: kernel values of `groups` times four left rows with `panels` times eight
 * right rows, to `out` [left row, right row]; addresses and strides in bytes. Each value is the sum of products over the columns, in their order,
 * plus the left and the right row's own term, through the kernel's function: swapping left and right changes no bit.
 */
export function tilesCode(columns: number, kernel: KernelFunction): WasmFunction {
  const [left, groups, right, panels, out, outStride] = [0, 1, 2, 3, 4, 5];
  const [a, b, group, to, steps] = [6, 7, 8, 9, 10];
  const sums = Array.from({ length: LEFT * VECTORS }, (_, i) => 11 + i);
  const values = Array.from({ length: VECTORS }, (_, v) => 11 + sums.length + v);
  const splat = 11 + sums.length + VECTORS;
  const [x, n] = [splat, splat + 1];
  const sumsOf = (row: number): number[] => sums.slice(row * VECTORS, (row + 1) * VECTORS);
  const advance = (local: number, by: Code): Code => [get(local), by, wasm.i32Add, set(local)];
  const countDown = (local: number): Code => [get(local), i32(1), wasm.i32Sub, tee(local)];
  const column = (u: number): Code => [
    ...values.map((value, v): Code => [get(b), wasm.load(FLOAT * (RIGHT * u + 4 * v)), set(value)]),
    ...rows((row) => [
      get(a), wasm.load32Splat(FLOAT * (LEFT * u + row)), set(splat),
      ...sumsOf(row).map((sum, v): Code => [get(splat), get(values[v]), wasm.f32x4Mul, get(sum), wasm.f32x4Add, set(sum)]),
    ]),
  ];
  const body: Code = wasm.repeat([
    get(left), set(a),
    get(out), set(to),
    get(groups), set(group),
    wasm.repeat([
      get(right), set(b),
      i32(columns / UNROLLED), set(steps),
      ...sums.map((sum): Code => [splatOf(0), set(sum)]),
      wasm.repeat([
        ...Array.from({ length: UNROLLED }, (_, u) => column(u)),
        advance(a, i32(FLOAT * LEFT * UNROLLED)),
        advance(b, i32(FLOAT * RIGHT * UNROLLED)),
        countDown(steps),
      ]),
      ...values.map((value, v): Code => [get(b), wasm.load(16 * v), set(value)]),
      ...rows((row) => sumsOf(row).map((sum, v): Code => [
        get(a), wasm.load32Splat(FLOAT * row), get(values[v]), wasm.f32x4Add, get(sum), wasm.f32x4Add, set(sum),
      ])),
      ...rows((row) => [
        ...sumsOf(row).map((sum, v): Code => [get(to), functionCode(kernel, sum, x, n), wasm.store(16 * v)]),
        advance(to, get(outStride)),
      ]),
      advance(a, i32(FLOAT * LEFT)),
      countDown(group),
    ]),
    advance(right, i32(FLOAT * RIGHT * (columns + 1))),
    advance(out, i32(FLOAT * RIGHT)),
    countDown(panels),
  ]);
  return { name: 'tiles', parameters: 6, integers: 5, vectors: n - 10, body };
}

const rows = (code: (row: number) => Code): Code[] => Array.from({ length: LEFT }, (_, row) => code(row));

/** The kernel's function of the number in the local `sum`, left on the stack; `x` and `n` are scratch. */
function functionCode({ kernel, degree }: KernelFunction, sum: number, x: number, n: number): Code {
  if (kernel === 'rbf') return exponential(sum, x, n);
  if (kernel === 'linear') return get(sum);
  return powerCode(degree, sum, x);
}

/** By squaring, from the highest bit of the degree down. */
function powerCode(degree: number, sum: number, power: number): Code {
  if (degree === 0) return splatOf(1);
  const lower = [...degree.toString(2)].slice(1);
  return [
    get(sum),
    ...lower.map((bit): Code => [tee(power), get(power), wasm.f32x4Mul, bit === '1' ? [get(sum), wasm.f32x4Mul] : []]),
  ];
}

/** e^x for x <= 0 by e^x = 2^n e^r: Cephes' polynomial, right to two units of the last place; 1 for x >= 0, 1.6e-38 from -87 down. */
function exponential(sum: number, x: number, n: number): Code {
  const [ln2High, ln2Low] = [0.693359375, -2.12194440e-4];
  const coefficients = [1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 1];
  return [
    get(sum), splatOf(0), wasm.f32x4Min, splatOf(-87), wasm.f32x4Max, tee(x),
    splatOf(Math.LOG2E), wasm.f32x4Mul, wasm.f32x4Nearest, set(n),
    get(x), get(n), splatOf(ln2High), wasm.f32x4Mul, wasm.f32x4Sub, get(n), splatOf(ln2Low), wasm.f32x4Mul, wasm.f32x4Sub, set(x),
    splatOf(1.9875691500e-4),
    ...coefficients.map((coefficient): Code => [get(x), wasm.f32x4Mul, splatOf(coefficient), wasm.f32x4Add]),
    get(n), wasm.i32x4TruncateF32x4, i32(23), wasm.i32x4ShiftLeft, wasm.i32x4Add,
  ];
}

function splatOf(value: number): Code {
  const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
  return wasm.constant([...bytes, ...bytes, ...bytes, ...bytes]);
}
