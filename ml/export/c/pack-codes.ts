import { InvalidModelError } from '../../../shared/errors.js';

/** Whole numbers in few bits each, one after the other from the lowest bit of the first byte on. */
export interface PackedCodes {
  readonly bytes: Uint8Array;
  /** What the C engine is told: b for numbers stored plus 2^(b - 1), -b for odd ones stored as (number + 2^b - 1) / 2. */
  readonly format: number;
}

/**
 * Codes of `bits` bits each; those of a grid without a zero (-3, -1, 1, 3 in 2 bits) are odd and beyond what as many signed bits hold.
 * @throws InvalidModelError for codes that fit in neither way.
 */
export function packCodes(codes: Int8Array, bits: number): PackedCodes {
  const half = 2 ** (bits - 1);
  const odd = codes.some((code) => code < -half || code >= half);
  const stored = (code: number): number => (odd ? (code + 2 * half - 1) / 2 : code + half);
  const packed = new Uint8Array(Math.ceil((codes.length * bits) / 8));
  codes.forEach((code, index) => {
    const number = stored(code);
    if (!Number.isInteger(number) || number < 0 || number >= 2 * half) throw new InvalidModelError(`A code of ${code} among ${codes.length} codes of ${bits} bits: expected whole numbers from ${-half} to ${half - 1}, or odd ones from ${1 - 2 * half} to ${2 * half - 1}.`);
    for (let bit = 0; bit < bits; bit++) {
      const at = index * bits + bit;
      packed[at >> 3] |= ((number >> bit) & 1) << (at & 7);
    }
  });
  return { bytes: packed, format: odd ? -bits : bits };
}
