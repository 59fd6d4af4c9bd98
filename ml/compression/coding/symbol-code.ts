import { InvalidDataError } from '../../../shared/errors.js';
import type { BitReader, BitWriter } from './bit-stream.js';
import { canonicalCodes, huffmanLengths, huffmanReader } from './huffman-code.js';

const SYMBOL_BITS = 9; // -256 to 255: codes of 8 bits, indices of up to 256 centroids, gaps
const LOWEST = -256;
const LENGTH_BITS = 5;

/** Writes whole numbers from -256 to 255 by a Huffman code that comes before them; how many there are is the reader's to know. */
export function writeSymbols(writer: BitWriter, symbols: readonly number[]): void {
  const counts = new Map<number, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const alphabet = [...counts.keys()].sort((a, b) => a - b);
  const lengths = huffmanLengths(alphabet.map((symbol) => counts.get(symbol) ?? 0));
  const codes = new Map(canonicalCodes(lengths).map((code, index) => [alphabet[index], code]));
  writer.write(alphabet.length, SYMBOL_BITS + 1);
  alphabet.forEach((symbol, index) => {
    writer.write(symbol - LOWEST, SYMBOL_BITS);
    writer.write(lengths[index], LENGTH_BITS);
  });
  for (const symbol of symbols) {
    const { code, bits } = codes.get(symbol) ?? { code: 0, bits: 0 };
    writer.write(code, bits);
  }
}

/**
 * Reads a code of `writeSymbols`; gives what reads the symbols after it.
 * @throws InvalidDataError when the bits are no such code, or end too early.
 */
export function readSymbols(reader: BitReader): () => number {
  const size = reader.read(SYMBOL_BITS + 1);
  const alphabet: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < size; i++) {
    alphabet.push(reader.read(SYMBOL_BITS) + LOWEST);
    lengths.push(reader.read(LENGTH_BITS));
  }
  const next = huffmanReader(lengths);
  return () => {
    const place = next(reader);
    if (place < 0) throw new InvalidDataError('coded numbers: bits that are no code: the file is damaged.');
    return alphabet[place];
  };
}
