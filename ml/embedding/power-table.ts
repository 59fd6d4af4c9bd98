const MANTISSA_BITS = 12;

/**
 * A fast x^exponent for positive x in single precision's normal range, within a relative error of exponent * 2^-13: the powers of
 * x's binary exponent and of the first bits of its mantissa are looked up.
 */
export function powerTable(exponent: number): (x: number) => number {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  const scales = Float64Array.from({ length: 256 }, (_, biased) => 2 ** ((biased - 127) * exponent));
  const mantissas = Float64Array.from({ length: 1 << MANTISSA_BITS }, (_, i) => (1 + (i + 0.5) / (1 << MANTISSA_BITS)) ** exponent);
  return (x) => {
    float[0] = x;
    const pattern = bits[0];
    return scales[pattern >>> 23] * mantissas[(pattern >>> (23 - MANTISSA_BITS)) & ((1 << MANTISSA_BITS) - 1)];
  };
}
