/*
 * The few parts of the WebAssembly binary format (core specification 2.0, with SIMD) that the kernels of this project need. Code is
 * a list of bytes, possibly nested; names follow the text format.
 */

/** Instructions: opcode bytes and immediates. */
export type Code = readonly (number | Code)[];

const I32 = 0x7f;
const V128 = 0x7b;
const END = 0x0b;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const memory = (alignment: number, offset: number): number[] => [...unsigned(alignment), ...unsigned(offset)];
const VOID = 0x40;

/** The instructions in use. Operands are pushed before their operator, as on the machine's stack. */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  i32: (value: number): Code => [0x41, ...signed(value)],
  i32Add: [0x6a] as Code,
  i32Sub: [0x6b] as Code,
  i32Mul: [0x6c] as Code,
  i32Load: (offset: number): Code => [0x28, ...memory(2, offset)],
  /** Repeats the body while it leaves a number other than zero. */
  repeat: (body: Code): Code => [0x03, VOID, body, 0x0d, 0, END],
  load: (offset: number): Code => [...simd(0x00), ...memory(4, offset)],
  load32Splat: (offset: number): Code => [...simd(0x09), ...memory(2, offset)],
  load64Splat: (offset: number): Code => [...simd(0x0a), ...memory(3, offset)],
  /** Two floats into the lower lanes. */
  load64Zero: (offset: number): Code => [...simd(0x5d), ...memory(3, offset)],
  store: (offset: number): Code => [...simd(0x0b), ...memory(4, offset)],
  constant: (bytes: readonly number[]): Code => [...simd(0x0c), ...bytes],
  /** Takes an address and a vector, and puts 16 bits into one of its eight lanes. */
  load16Lane: (offset: number, lane: number): Code => [...simd(0x55), ...memory(0, offset), lane],
  store32Lane: (offset: number, lane: number): Code => [...simd(0x5a), ...memory(0, offset), lane],
  i32x4ExtractLane: (lane: number): Code => [...simd(0x1b), lane],
  v128And: simd(0x4e) as Code,
  i8x16NarrowI16x8: simd(0x66) as Code,
  f32x4Nearest: simd(0x6a) as Code,
  i16x8NarrowI32x4: simd(0x85) as Code,
  i16x8Min: simd(0x96) as Code,
  i16x8Max: simd(0x98) as Code,
  i32x4ShiftLeft: simd(0xab) as Code,
  i32x4ShiftRight: simd(0xad) as Code,
  i32x4Add: simd(0xae) as Code,
  i32x4Sub: simd(0xb1) as Code,
  i32x4Mul: simd(0xb5) as Code,
  i32x4DotI16x8: simd(0xba) as Code,
  f32x4Add: simd(0xe4) as Code,
  f32x4Sub: simd(0xe5) as Code,
  f32x4Mul: simd(0xe6) as Code,
  f32x4Divide: simd(0xe7) as Code,
  f32x4Min: simd(0xe8) as Code,
  f32x4Max: simd(0xe9) as Code,
  f64x2Add: simd(0xf0) as Code,
  f64x2Mul: simd(0xf2) as Code,
  f64x2PromoteLowF32x4: simd(0x5f) as Code,
  i32x4TruncateF32x4: simd(0xf8) as Code,
  f32x4ConvertI32x4: simd(0xfa) as Code,
};

/** A function without a result: how many i32 parameters, then i32 and v128 locals (numbered in this order), and its body. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly integers: number;
  readonly vectors: number;
  readonly body: Code;
}

/** A module that imports its memory as `env.memory` and exports the functions by name. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...list(Array.from({ length: parameters }, () => [I32])), 0]);
  const imports = [[...text('env'), ...text('memory'), 2, 0, 1]];
  const exports = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const bodies = functions.map(({ integers, vectors, body }) => {
    const locals = list([[...unsigned(integers), I32], [...unsigned(vectors), V128]]);
    return sized([...locals, ...flat(body), END]);
  });
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, types),
    ...section(2, imports),
    ...section(3, functions.map((_, index) => unsigned(index))),
    ...section(7, exports),
    ...section(10, bodies),
  ]);
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 127;
    if ((rest >> 6 === 0) || (rest >> 6 === -1)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

const flat = (code: Code): number[] => code.flatMap((part) => (typeof part === 'number' ? [part] : flat(part)));
const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const list = (items: readonly number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, items: readonly number[][]): number[] => [id, ...sized(list(items))];
const text = (name: string): number[] => sized([...new TextEncoder().encode(name)]);
