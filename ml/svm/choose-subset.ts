/** Where a pair's dual problem stands; see `Subset` for the arrays. */
export interface PairState {
  readonly weights: Float64Array;
  readonly errors: Float64Array;
  readonly signs: Int8Array;
  readonly C: number;
}

const NEAR = 0.07; // rows that fall short of violating the margin by no more join a subset: they save rounds

/** The highest error among the weights that may rise and the lowest among those that may fall: at the solution they meet. */
export function extremes(state: PairState): { readonly highest: number; readonly lowest: number } {
  const { weights, errors } = state;
  let [highest, lowest] = [-Infinity, Infinity];
  for (let row = 0; row < weights.length; row++) {
    if (mayRise(state, row)) highest = Math.max(highest, errors[row]);
    if (mayFall(state, row)) lowest = Math.min(lowest, errors[row]);
  }
  return { highest, lowest };
}

/** About `wanted` rows, half of each class (or all that it has), evenly spaced. */
export function firstSubset(signs: Int8Array, wanted: number): Int32Array {
  const half = Math.max(1, Math.ceil(wanted / 2));
  const chosen = [1, -1].flatMap((sign) => {
    const rows = [...signs.keys()].filter((row) => signs[row] === sign);
    const count = Math.min(half, rows.length);
    return Array.from({ length: count }, (_, i) => rows[Math.floor(((i + 0.5) * rows.length) / count)]);
  });
  return Int32Array.from(chosen).sort();
}

/**
 * The rows whose weight wants to change, given the bias, or nearly does. Where they are more than `most`, those that want it most: half
 * that rise and half that fall, so that the pair furthest apart is among them.
 */
export function violatingSubset(state: PairState, bias: number, most: number): Int32Array {
  const { weights, errors } = state;
  const [rising, falling]: [number[], number[]] = [[], []];
  for (let row = 0; row < weights.length; row++) {
    if (mayRise(state, row) && errors[row] - bias > -NEAR) rising.push(row);
    if (mayFall(state, row) && bias - errors[row] > -NEAR) falling.push(row);
  }
  const half = Math.ceil(most / 2);
  if (rising.length > half) rising.sort((a, b) => errors[b] - errors[a] || a - b);
  if (falling.length > half) falling.sort((a, b) => errors[a] - errors[b] || a - b);
  return Int32Array.from(new Set([...rising.slice(0, half), ...falling.slice(0, half)])).sort();
}

function mayRise({ weights, signs, C }: PairState, row: number): boolean {
  return weights[row] < (signs[row] > 0 ? C : 0);
}

function mayFall({ weights, signs, C }: PairState, row: number): boolean {
  return weights[row] > (signs[row] > 0 ? 0 : -C);
}
