import { deriveSeed } from '../random.js';

/** Random words that can be started again for every image without allocating: xoshiro128** 1.1, as in random.ts. */
export interface WordSource {
  /** Starts the sequence that belongs to one step of one copy of one row, and to nothing else. */
  start(seed: number, row: number, copy: number, step: number): void;
  /** A whole number in [-2^31, 2^31). */
  word(): number;
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** A number in [-reach, reach). */
  within(reach: number): number;
  /** Fills `words` whole: the sequence of `word`, several times as fast as one call each. */
  fill(words: Int32Array): void;
}

const SECOND = 0x5bf03635; // any odd constant: sets the second half of the state apart from the first

/** A source in no particular state: call `start` first. */
export function createWordSource(): WordSource {
  let a = 1;
  let b = 2;
  let c = 3;
  let d = 4;

  function word(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  return {
    word,
    uniform: () => (word() >>> 0) / 0x100000000,
    within: (reach) => (word() / 0x80000000) * reach,

    start(seed, row, copy, step) {
      // Two words from different orders of the parts: 32 bits alone would give some of 350,000 images the same sequence.
      const first = deriveSeed(seed, step, row, copy);
      const second = deriveSeed(first ^ SECOND, copy, row);
      a = first | 0;
      b = second | 0;
      c = deriveSeed(first, 1) | 0;
      d = deriveSeed(second, 2) | 1; // never all zero
    },

    fill(words) {
      let [p, q, r, s] = [a, b, c, d];
      for (let i = 0; i < words.length; i++) {
        const product = Math.imul(q, 5);
        words[i] = Math.imul((product << 7) | (product >>> 25), 9);
        const shifted = q << 9;
        r ^= p;
        s ^= q;
        q ^= r;
        p ^= s;
        r ^= shifted;
        s = (s << 11) | (s >>> 21);
      }
      a = p;
      b = q;
      c = r;
      d = s;
    },
  };
}
