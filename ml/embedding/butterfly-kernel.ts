import { startWasm } from '../wasm/start-wasm.js';
import { wasm } from '../wasm/wasm-module.js';
import type { Code, WasmFunction } from '../wasm/wasm-module.js';

/** Bytes of four complex numbers: their real parts, then their imaginary parts. */
export const VECTOR_BYTES = 32;

/** Stages of Fourier transforms of complex numbers that lie in memory as vectors of four. Addresses and counts are in bytes and vectors. */
export interface ButterflyKernel {
  readonly memory: ArrayBuffer;
  /**
   * One stage of radix 4: `groups` groups of four rows of `vectors` vectors, a quarter of the array apart, become four rows one
   * after the other. `twiddles`: for each group, cosine and sine of its three rotations (float32).
   */
  radix4(inverse: boolean, from: number, to: number, twiddles: number, groups: number, vectors: number): void;
  /** The last stage where the length is not a power of four: sums and differences of two rows of `vectors` vectors. */
  radix2(from: number, to: number, vectors: number): void;
}

/** Builds the stages with at least `bytes` of zeroed memory. Stockham's form: nothing is reordered at the end. */
export function butterflyKernel(bytes: number): ButterflyKernel {
  const { memory, exports } = startWasm<Readonly<Record<string, (...values: number[]) => void>>>(bytes, [radix4Of('forward', 0), radix4Of('inverse', 16), RADIX2]);
  return {
    memory,
    radix4: (inverse, ...rest) => exports[inverse ? 'inverse' : 'forward'](...rest),
    radix2: (...rest) => exports['radix2'](...rest),
  };
}

const { get, set, tee, i32 } = wasm;
const advance = (local: number, by: Code): Code => [get(local), by, wasm.i32Add, set(local)];
const countDown = (local: number): Code => [get(local), i32(1), wasm.i32Sub, tee(local)];
const plus = (a: number, b: number): Code => [get(a), get(b), wasm.f32x4Add];
const minus = (a: number, b: number): Code => [get(a), get(b), wasm.f32x4Sub];

/** With the parts changed over (`first` = 16: the imaginary one is taken for the real one) the same sums are the inverse transform. */
function radix4Of(name: string, first: number): WasmFunction {
  const [from, to, twiddles, groups, vectors] = [0, 1, 2, 3, 4];
  const sources = [from, 5, 6, 7];
  const targets = [to, 8, 9, 10];
  const [left, step, width] = [11, 12, 13];
  const re = (row: number): number => 14 + 2 * row;
  const im = (row: number): number => 15 + 2 * row;
  const [sumRe, sumIm, differenceRe, differenceIm] = [22, 23, 24, 25];
  const [oddSumRe, oddSumIm, oddDifferenceRe, oddDifferenceIm] = [26, 27, 28, 29];
  const [x, y] = [30, 31];
  const turn = (row: number): readonly [number, number] => [32 + 2 * row, 33 + 2 * row];
  const realAt = first;
  const imaginaryAt = 16 - first;
  const rotated = (row: number): Code => {
    const [cosine, sine] = turn(row - 1);
    const product = (a: number, b: number): Code => [get(a), get(b), wasm.f32x4Mul];
    return [
      get(targets[row]), product(x, cosine), product(y, sine), wasm.f32x4Sub, wasm.store(realAt),
      get(targets[row]), product(x, sine), product(y, cosine), wasm.f32x4Add, wasm.store(imaginaryAt),
    ];
  };
  const body: Code = [
    get(vectors), i32(VECTOR_BYTES), wasm.i32Mul, tee(width), get(groups), wasm.i32Mul, set(step),
    [1, 2, 3].map((row): Code => [get(sources[row - 1]), get(step), wasm.i32Add, set(sources[row])]),
    wasm.repeat([
      [1, 2, 3].map((row): Code => [get(targets[row - 1]), get(width), wasm.i32Add, set(targets[row])]),
      [0, 1, 2].map((row): Code => turn(row).map((local, part): Code => [get(twiddles), wasm.load32Splat(8 * row + 4 * part), set(local)])),
      get(vectors), set(left),
      wasm.repeat([
        sources.map((source, row): Code => [get(source), wasm.load(realAt), set(re(row)), get(source), wasm.load(imaginaryAt), set(im(row))]),
        plus(re(0), re(2)), set(sumRe), plus(im(0), im(2)), set(sumIm),
        minus(re(0), re(2)), set(differenceRe), minus(im(0), im(2)), set(differenceIm),
        plus(re(1), re(3)), set(oddSumRe), plus(im(1), im(3)), set(oddSumIm),
        minus(re(1), re(3)), set(oddDifferenceRe), minus(im(1), im(3)), set(oddDifferenceIm),
        get(to), plus(sumRe, oddSumRe), wasm.store(realAt), get(to), plus(sumIm, oddSumIm), wasm.store(imaginaryAt),
        plus(differenceRe, oddDifferenceIm), set(x), minus(differenceIm, oddDifferenceRe), set(y), rotated(1),
        minus(sumRe, oddSumRe), set(x), minus(sumIm, oddSumIm), set(y), rotated(2),
        minus(differenceRe, oddDifferenceIm), set(x), plus(differenceIm, oddDifferenceRe), set(y), rotated(3),
        [...sources, ...targets].map((pointer) => advance(pointer, i32(VECTOR_BYTES))),
        countDown(left),
      ]),
      get(targets[3]), set(to),
      advance(twiddles, i32(24)),
      countDown(groups),
    ]),
  ];
  return { name, parameters: 5, integers: 9, vectors: 24, body };
}

const RADIX2: WasmFunction = (() => {
  const [from, to, left, other, otherTo] = [0, 1, 2, 3, 4];
  const [a, b] = [5, 6];
  const width: Code = [get(left), i32(VECTOR_BYTES), wasm.i32Mul];
  const body: Code = [
    get(from), width, wasm.i32Add, set(other),
    get(to), width, wasm.i32Add, set(otherTo),
    wasm.repeat([
      [0, 16].map((part): Code => [
        get(from), wasm.load(part), set(a), get(other), wasm.load(part), set(b),
        get(to), plus(a, b), wasm.store(part), get(otherTo), minus(a, b), wasm.store(part),
      ]),
      [from, to, other, otherTo].map((pointer) => advance(pointer, i32(VECTOR_BYTES))),
      countDown(left),
    ]),
  ];
  return { name: 'radix2', parameters: 3, integers: 2, vectors: 2, body };
})();
