const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function with one valley in [low, high] is lowest, to (high - low) x 0.618^steps. */
export function goldenSection(valueAt: (x: number) => number, low: number, high: number, steps: number): number {
  let [from, to] = [low, high];
  let [left, right] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
  let [atLeft, atRight] = [valueAt(left), valueAt(right)];
  for (let step = 0; step < steps; step++) {
    if (atLeft <= atRight) {
      [to, right, atRight] = [right, left, atLeft];
      left = to - GOLDEN * (to - from);
      atLeft = valueAt(left);
    } else {
      [from, left, atLeft] = [left, right, atRight];
      right = from + GOLDEN * (to - from);
      atRight = valueAt(right);
    }
  }
  return (from + to) / 2;
}
