import type { CompressedKernel } from './compressed-weights.js';
import { writeNumbers } from './coding/code-numbers.js';

/** What a kernel takes, in bytes, its scales or its codebook (float32) among them. */
export interface CodedSize {
  readonly name: string;
  readonly numbers: number;
  /** As it was trained. */
  readonly float32: number;
  /** Each number in so many bits. */
  readonly dense: number;
  /** Relative indices of 4 bits, and only the numbers that are not 0 (and those that fill gaps of 16 and more). */
  readonly sparse: number;
  /** The smaller of Huffman-coded numbers, and Huffman-coded gaps and numbers; the codes themselves among them. */
  readonly huffman: number;
}

const INDEX_BITS = 4;

/** The sizes of a kernel by the stages of Deep Compression (Han, Mao and Dally 2016); one without codes and codebook has its float32 numbers in all of them. */
export function codedSize({ name, codes, shared, shape }: CompressedKernel, values: Float32Array): CodedSize {
  const numbers = shape.reduce((product, side) => product * side, 1);
  const float32 = 4 * numbers;
  const symbols = codes?.values ?? shared?.indices;
  const bits = codes?.bits ?? (shared ? bitsFor(shared.codebook.length) : 32);
  const table = 4 * (codes?.scales.length ?? shared?.codebook.length ?? 0);
  const sparse = table + Math.ceil((entriesOf(symbols ?? values) * (bits + INDEX_BITS)) / 8);
  if (!symbols) return { name, numbers, float32, dense: float32, sparse, huffman: Math.min(float32, sparse) };
  return {
    name, numbers, float32, sparse,
    dense: table + Math.ceil((numbers * bits) / 8),
    huffman: table + Math.min(...(['huffman', 'sparse'] as const).map((coding) => writeNumbers(symbols, coding, bits).length)),
  };
}

/** Bits of an index into so many entries. */
export function bitsFor(entries: number): number {
  return Math.max(1, Math.ceil(Math.log2(entries)));
}

/** Entries of a sparse list: the numbers that are not 0, and one 0 for every 16 in a row. */
function entriesOf(numbers: ArrayLike<number>): number {
  let [entries, zeros] = [0, 0];
  for (let i = 0; i < numbers.length; i++) {
    zeros = numbers[i] === 0 ? zeros + 1 : 0;
    if (numbers[i] !== 0 || zeros === 2 ** INDEX_BITS) {
      entries += 1;
      zeros = 0;
    }
  }
  return entries;
}
