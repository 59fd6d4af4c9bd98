/** Numbers from here on have no finite float16 neighbour. */
export const HALF_LIMIT = 65_520;

const SMALLEST_NORMAL = 0x3880_0000; // float32's bits of 2^-14
const OTHER_BIAS = 0x3800_0000; // 127 - 15, in float32's exponent
const LOST_BITS = 13;
const SUBNORMAL_STEP = 2 ** -24;

/** The bits of the nearest float16 (IEEE 754 binary16, ties to even); infinity from 65,520 on. */
export function toHalfBits(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  return Uint16Array.from(bits, (whole, i) => {
    const sign = (whole >>> 16) & 0x8000;
    const magnitude = whole & 0x7fff_ffff;
    if (Number.isNaN(values[i])) return 0x7e00;
    if (Math.abs(values[i]) >= HALF_LIMIT) return sign | 0x7c00;
    if (magnitude < SMALLEST_NORMAL) return sign | nearestEven(Math.abs(values[i]) / SUBNORMAL_STEP);
    const isOdd = (magnitude >>> LOST_BITS) & 1;
    return sign | ((magnitude - OTHER_BIAS + (1 << (LOST_BITS - 1)) - 1 + isOdd) >>> LOST_BITS);
  });
}

function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0);
}
