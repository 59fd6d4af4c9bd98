import { BitReader, BitWriter } from './bit-stream.js';
import { readSymbols, writeSymbols } from './symbol-code.js';

/** How numbers of few different values are stored. */
export const NUMBER_CODINGS = ['dense', 'huffman', 'sparse'] as const;
export type NumberCoding = (typeof NUMBER_CODINGS)[number];

/** Zeros in a row that one gap holds; a longer run takes several, of which the last alone has a number after it. */
const LONGEST_GAP = 31;
const COUNT_BITS = 32;

/**
 * Whole numbers from -128 to 255 as bits: `dense`, so many bits each; `huffman`, each by its code; `sparse`, the gaps between those that
 * are not 0 and these, each by codes of their own (the three stages of Han, Mao and Dally 2016, "Deep Compression").
 * @param bits of a number in `dense`, which holds -(2^(bits - 1)) to 2^(bits - 1) - 1, or 0 to 2^bits - 1 where none is below 0.
 */
export function writeNumbers(numbers: ArrayLike<number>, coding: NumberCoding, bits: number): Uint8Array<ArrayBuffer> {
  const writer = new BitWriter();
  const all = Array.from(numbers);
  if (coding === 'dense') for (const number of all) writer.write(number, bits);
  else if (coding === 'huffman') writeSymbols(writer, all);
  else {
    const values = all.filter((number) => number !== 0);
    const gaps = gapsOf(all);
    writer.write(gaps.length, COUNT_BITS);
    writeSymbols(writer, gaps);
    writeSymbols(writer, values);
  }
  return writer.finish();
}

/**
 * Reads what `writeNumbers` wrote.
 * @throws InvalidDataError when the bytes are cut or damaged.
 */
export function readNumbers(bytes: Uint8Array, coding: NumberCoding, { count, bits, signed }: { readonly count: number; readonly bits: number; readonly signed: boolean }): number[] {
  const reader = new BitReader(bytes);
  if (coding === 'dense') {
    return Array.from({ length: count }, () => {
      const number = reader.read(bits);
      return signed && number >= 2 ** (bits - 1) ? number - 2 ** bits : number;
    });
  }
  if (coding === 'huffman') {
    const next = readSymbols(reader);
    return Array.from({ length: count }, next);
  }
  const entries = reader.read(COUNT_BITS);
  const nextGap = readSymbols(reader);
  const gaps = Array.from({ length: entries }, nextGap);
  const nextValue = readSymbols(reader);
  const numbers = new Array<number>(count).fill(0);
  let at = 0;
  for (const gap of gaps) {
    at += gap;
    if (gap < LONGEST_GAP) numbers[at++] = nextValue();
  }
  return numbers;
}

/** The zeros before each number that is not 0; LONGEST_GAP stands for as many zeros and no number. */
function gapsOf(numbers: readonly number[]): number[] {
  const gaps: number[] = [];
  let zeros = 0;
  for (const number of numbers) {
    if (number === 0) zeros += 1;
    else {
      for (; zeros >= LONGEST_GAP; zeros -= LONGEST_GAP) gaps.push(LONGEST_GAP);
      gaps.push(zeros);
      zeros = 0;
    }
  }
  return gaps;
}
