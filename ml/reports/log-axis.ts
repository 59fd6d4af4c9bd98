/** A logarithmic axis of a plot, with room at both ends. */
export interface LogAxis {
  readonly domain: [number, number];
  /** Round numbers within the domain, rising. */
  readonly ticks: readonly number[];
  /** The px at which a value stands; needed since labels are placed in px. */
  at(value: number): number;
}

/** Parts of a decade that ticks may stand at, the finest first. */
const MANTISSAS: readonly (readonly number[])[] = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
const MOST_TICKS = 7;
/** Of evenly spaced ticks; fewer would leave two in some domains. */
const MOST_STEPS = 8;
/** Below this ratio of its ends a domain has evenly spaced ticks. */
const NARROW = 2.5;

/** A logarithmic axis from px to px; `values` are above zero, one at least. */
export function logAxis(values: readonly number[], from: number, to: number): LogAxis {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const room = Math.max(0.15, 0.12 * (high - low));
  const [start, end] = [low - room, high + room];
  const domain: [number, number] = [Math.exp(start), Math.exp(end)];
  return { domain, ticks: ticksOf(domain), at: (value) => from + ((to - from) * (Math.log(value) - start)) / (end - start) };
}

function ticksOf([low, high]: readonly [number, number]): number[] {
  if (high / low < NARROW) return evenTicks(low, high);
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 }, (_, i) => Math.floor(Math.log10(low)) + i);
  const at = (mantissas: readonly number[], every: number): number[] => decades.filter((decade) => decade % every === 0)
    .flatMap((decade) => mantissas.map((mantissa) => Number(`${mantissa}e${decade}`))).filter((tick) => tick >= low && tick <= high);
  return MANTISSAS.map((mantissas) => at(mantissas, 1)).find((ticks) => ticks.length <= MOST_TICKS) ?? at([1], 2);
}

function evenTicks(low: number, high: number): number[] {
  const least = (high - low) / MOST_STEPS;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = decade * ([1, 2, 5].find((times) => times * decade >= least) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
