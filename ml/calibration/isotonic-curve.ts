/** A non-decreasing, piecewise linear curve through knots of ascending x, constant beyond its ends. */
export interface IsotonicCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the non-decreasing values nearest to y by least squares, rows of
 * equal x sharing one value. The knots are the ends of each pool, so the curve is scikit-learn's IsotonicRegression.
 */
export function fitIsotonic(x: ArrayLike<number>, y: ArrayLike<number>): IsotonicCurve {
  const order = Uint32Array.from({ length: x.length }, (_, row) => row).sort((a, b) => x[a] - x[b] || a - b);
  // Pools, as stacks: sum of y, rows, first and last x.
  const sum: number[] = [];
  const count: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  for (let i = 0; i < order.length;) {
    const at = x[order[i]];
    let [total, rows] = [0, 0];
    for (; i < order.length && x[order[i]] === at; i++) {
      total += y[order[i]];
      rows++;
    }
    let from = at;
    while (sum.length > 0 && sum[sum.length - 1] * rows >= total * count[count.length - 1]) {
      total += sum.pop() ?? 0;
      rows += count.pop() ?? 0;
      from = first.pop() ?? from;
      last.pop();
    }
    sum.push(total);
    count.push(rows);
    first.push(from);
    last.push(at);
  }
  const knots: number[] = [];
  const values: number[] = [];
  for (let pool = 0; pool < sum.length; pool++) {
    for (const knot of first[pool] === last[pool] ? [first[pool]] : [first[pool], last[pool]]) {
      knots.push(knot);
      values.push(sum[pool] / count[pool]);
    }
  }
  return { x: Float64Array.from(knots), y: Float64Array.from(values) };
}

/** The curve's value at x. */
export function isotonicAt({ x, y }: IsotonicCurve, at: number): number {
  const last = x.length - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return y[low] + ((y[high] - y[low]) * (at - x[low])) / (x[high] - x[low]);
}
