/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Mean 0, standard deviation 1 (Marsaglia's polar method). */
  normal(): number;
  /** A whole number in [0, n), every one equally likely; 1 <= n <= 2^32. */
  integer(n: number): number;
  /** Shuffles in place (Fisher-Yates) and returns its argument. */
  shuffle<T extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(values: T): T;
}

/**
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (https://prng.di.unimi.it/xoshiro128starstar.c, public domain):
 * 32-bit words only, period 2^128 - 1. The state is filled from the seed by SplitMix32, as its authors advise.
 */
export function createRandom(seed: number): Random {
  const next = splitMix32(seed);
  return randomFromState([next(), next(), next(), next()]);
}

/** The generator at a given state (four unsigned 32-bit words, not all zero). */
export function randomFromState(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  let spare: number | undefined;

  function uint32(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  function uniform(): number {
    return uint32() / 0x100000000;
  }

  function integer(n: number): number {
    const bound = 0x100000000 - (0x100000000 % n);
    let value = uint32();
    while (value >= bound) value = uint32(); // rejection: a plain remainder would favour small numbers
    return value % n;
  }

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  }

  return {
    uint32, uniform, integer, normal,
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = values[i];
        values[i] = values[j];
        values[j] = held;
      }
      return values;
    },
  };
}

/** A seed of its own for one part of a computation (an epoch, a fold, a row): well mixed, so that near inputs share nothing. */
export function deriveSeed(seed: number, ...parts: readonly number[]): number {
  return parts.reduce((mixed, part) => mix32((mix32(mixed + 0x9e3779b9) ^ part) + 0x9e3779b9), seed >>> 0);
}

/** SplitMix32: a Weyl sequence through the finaliser of MurmurHash3. */
function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => mix32((state = (state + 0x9e3779b9) >>> 0));
}

function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
