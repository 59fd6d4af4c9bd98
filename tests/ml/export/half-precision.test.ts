import assert from 'node:assert/strict';
import { toHalfBits } from '../../../ml/export/half-precision.js';

/** The number of a float16, by its definition. */
function fromBits(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 0x3ff];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

describe('toHalfBits', () => {
  it('keeps every number that float16 has', () => {
    const bits = Uint16Array.from({ length: 0x1_0000 }, (_, i) => i).filter((one) => !Number.isNaN(fromBits(one)));
    assert.deepEqual(toHalfBits(Float32Array.from(bits, fromBits)), bits);
  });

  it('takes the nearer neighbour, the even one of two that are as near', () => {
    for (let bits = 0; bits < 0x7bff; bits += 3) {
      const [low, high] = [fromBits(bits), fromBits(bits + 1)];
      const middle = (low + high) / 2;
      const given = toHalfBits(Float32Array.of(middle * (1 - 2 ** -20), middle, middle * (1 + 2 ** -20)));
      assert.deepEqual([...given], [bits, bits % 2 === 0 ? bits : bits + 1, bits + 1], `between ${low} and ${high}`);
    }
  });

  it('has infinity from 65,520 on, and knows what is no number', () => {
    assert.deepEqual([...toHalfBits(Float32Array.of(65_519.99, 65_520, 200_000, -1e38, NaN))], [0x7bff, 0x7c00, 0x7c00, 0xfc00, 0x7e00]);
  });
});
