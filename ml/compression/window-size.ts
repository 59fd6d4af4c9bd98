/** One axis of a sliding window: how many positions it takes and how much padding precedes and follows the input. */
export interface WindowSize {
  readonly positions: number;
  readonly before: number;
  readonly after: number;
}

/** TensorFlow's rule for `valid` and `same`: an odd padding has its extra cell after the input. */
export function windowSize(input: number, window: number, stride: number, padding: 'valid' | 'same'): WindowSize {
  if (padding === 'valid') return { positions: Math.floor((input - window) / stride) + 1, before: 0, after: 0 };
  const positions = Math.ceil(input / stride);
  const total = Math.max((positions - 1) * stride + window - input, 0);
  const before = Math.floor(total / 2);
  return { positions, before, after: total - before };
}
