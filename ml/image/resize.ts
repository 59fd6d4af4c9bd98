/**
 * Resizes a grey image. Each side that shrinks is averaged over the area a new pixel covers (anti-aliased), each side
 * that grows is interpolated linearly; the borders are continued outwards.
 * @returns `height * width` numbers in the range of the input.
 */
export function resize(
  image: { readonly width: number; readonly height: number; readonly pixels: ArrayLike<number> },
  { width, height }: { readonly width: number; readonly height: number },
): Float32Array {
  const wide = resizeLines(image.pixels, image.height, image.width, width); // transposed: columns become lines
  return resizeLines(wide, width, image.height, height);
}

/** Resizes each of `count` lines from `from` to `to` values, and transposes: out[i][line]. */
function resizeLines(values: ArrayLike<number>, count: number, from: number, to: number): Float32Array {
  const out = new Float32Array(count * to);
  const step = from / to;
  for (let i = 0; i < to; i++) {
    const taps = step >= 1 ? coverage(i * step, (i + 1) * step, from) : neighbours((i + 0.5) * step - 0.5, from);
    for (let line = 0; line < count; line++) {
      let sum = 0;
      for (let k = 0, at = line * from + taps.first; k < taps.weights.length; k++) sum += taps.weights[k] * values[at + k];
      out[i * count + line] = sum;
    }
  }
  return out;
}

/** Neighbouring pixels and what each adds to a new one. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** The pixels that [start, end) covers, each by its part of the whole. */
function coverage(start: number, end: number, length: number): Taps {
  const first = Math.floor(start);
  const weights: number[] = [];
  for (let i = first; i < end && i < length; i++) weights.push((Math.min(end, i + 1) - Math.max(start, i)) / (end - start));
  return { first, weights };
}

/** The two pixels around a position, or the one at a border. */
function neighbours(position: number, length: number): Taps {
  const at = Math.min(Math.max(position, 0), length - 1);
  const first = Math.floor(at);
  return { first, weights: first === length - 1 ? [1] : [1 - (at - first), at - first] };
}
