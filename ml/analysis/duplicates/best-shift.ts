/** How alike two images are when one is moved a little. */
export interface BestShift {
  /** Pearson correlation of the pixels, in [-1, 1]; 0 where one is blank. */
  readonly correlation: number;
  /** Pixels by which the second was moved right and down. */
  readonly right: number;
  readonly down: number;
}

/**
 * The shift of the second image by at most one pixel each way (nine of them) that correlates best with the first; blank
 * comes in at the border. Images begin at `a` and `b` in their arrays. Of equal ones the least shift wins.
 */
export function bestShift(first: Uint8Array, a: number, second: Uint8Array, b: number, width: number, height: number): BestShift {
  const area = width * height;
  const [mean, deviation] = spread(first, a, area);
  let best: BestShift = { correlation: -Infinity, right: 0, down: 0 };
  for (const [right, down] of SHIFTS) {
    let [sum, squares, product] = [0, 0, 0];
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      for (let x = Math.max(0, -right); x < Math.min(width, width - right); x++) {
        const value = second[b + y * width + x];
        if (value === 0) continue;
        sum += value;
        squares += value * value;
        product += value * first[a + (y + down) * width + x + right];
      }
    }
    const scale = deviation * Math.sqrt(Math.max(0, squares - (sum * sum) / area));
    const correlation = scale > 0 ? Math.min(1, (product - sum * mean) / scale) : 0;
    if (correlation > best.correlation + 1e-12) best = { correlation, right, down };
  }
  return best;
}

const SHIFTS = [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, -1], [-1, 1], [1, 1]] as const;

/** Mean, and the square root of the summed squared deviations. */
function spread(values: Uint8Array, from: number, count: number): [number, number] {
  let [sum, squares] = [0, 0];
  for (let at = from; at < from + count; at++) {
    sum += values[at];
    squares += values[at] * values[at];
  }
  return [sum / count, Math.sqrt(Math.max(0, squares - (sum * sum) / count))];
}
