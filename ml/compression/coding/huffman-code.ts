import type { BitReader } from './bit-stream.js';

/** A symbol's code: so many bits of this value. */
export interface HuffmanCode {
  readonly bits: number;
  readonly code: number;
}

/**
 * The lengths of Huffman's codes for symbols that occur so often, in the order of the counts; a single symbol gets one bit, none get none.
 * The mean length is within one bit of the entropy (Huffman 1952).
 */
export function huffmanLengths(counts: readonly number[]): number[] {
  interface Node { readonly count: number; readonly members: readonly number[] }
  const lengths = counts.map(() => 0);
  if (counts.length === 1) return [1];
  let nodes: Node[] = counts.map((count, index) => ({ count, members: [index] }));
  while (nodes.length > 1) {
    nodes = nodes.sort((a, b) => a.count - b.count || a.members.length - b.members.length || a.members[0] - b.members[0]);
    const [first, second, ...rest] = nodes;
    const members = [...first.members, ...second.members];
    for (const member of members) lengths[member] += 1;
    nodes = [...rest, { count: first.count + second.count, members }];
  }
  return lengths;
}

/** The canonical codes of these lengths: shorter ones first, of one length in the order given. */
export function canonicalCodes(lengths: readonly number[]): HuffmanCode[] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[a] - lengths[b] || a - b);
  const codes: HuffmanCode[] = [];
  let [code, bits] = [0, 0];
  for (const index of order) {
    code *= 2 ** (lengths[index] - bits);
    bits = lengths[index];
    codes[index] = { bits, code };
    code += 1;
  }
  return codes;
}

/** Reads symbols by their canonical codes: gives the place of the next one in the order given. */
export function huffmanReader(lengths: readonly number[]): (reader: BitReader) => number {
  const places = new Map(canonicalCodes(lengths).map(({ bits, code }, place) => [`${bits}:${code}`, place]));
  const most = Math.max(0, ...lengths);
  return (reader) => {
    let code = 0;
    for (let bits = 1; bits <= most; bits++) {
      code = code * 2 + reader.read(1);
      const place = places.get(`${bits}:${code}`);
      if (place !== undefined) return place;
    }
    return -1;
  };
}
