/** Whole numbers that stand for values: value = code x step. */
export interface CodeGrid {
  readonly low: number;
  readonly high: number;
  /** 1: every whole number from `low` to `high`; 2: the odd ones only, which have no zero. */
  readonly stride: 1 | 2;
}

/** Widths of a weight: `ternary` has the codes -1, 0, 1; 2 bits -3, -1, 1, 3; 1 bit -1, 1; the others are symmetric with a zero. */
export const WEIGHT_BITS = [8, 4, 3, 2, 'ternary', 1] as const;
export type WeightBits = (typeof WEIGHT_BITS)[number];

/** The codes of weights of so many bits, symmetric about zero. */
export function weightGrid(bits: WeightBits): CodeGrid {
  if (bits === 'ternary') return { low: -1, high: 1, stride: 1 };
  const high = bits <= 2 ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
  return { low: -high, high, stride: bits <= 2 ? 2 : 1 };
}

/** The codes of activations of so many bits, the zero point taken off, so that 0 is the value 0. */
export function activationGrid(bits: number, zeroPoint: number): CodeGrid {
  return { low: 0 - zeroPoint, high: 2 ** bits - 1 - zeroPoint, stride: 1 };
}

/** The nearest code of a value, in float32 as the graph computes it; halves go to the even one. */
export function codeOf(value: number, step: number, { low, high, stride }: CodeGrid): number {
  const within = Math.min(high, Math.max(low, Math.fround(value / step)));
  return stride === 1 ? roundToEven(within) : 2 * roundToEven((within - 1) / 2) + 1;
}

/** The step, as a part of the largest absolute value, that gives it the highest code: a little more than one in `high`, so that rounding puts it within the grid. */
export function stepOfLargest(high: number): number {
  return (1 + 2 ** -20) / high;
}

/** Keeps a channel of zeros from dividing by zero. */
export const SMALLEST_STEP = 1e-12;

function roundToEven(value: number): number {
  const up = Math.round(value);
  // + 0 turns -0 into 0.
  return (up - value === 0.5 && up % 2 !== 0 ? up - 1 : up) + 0;
}
