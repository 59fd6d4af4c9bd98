/** A number with four significant digits that stays within its range: what a search chose shall be readable and typeable. */
export function tidyNumber(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Number(value.toPrecision(4))));
}
