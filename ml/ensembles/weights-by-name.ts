/** One number a base, by its name, rounded for people. */
export function weightsByName(names: readonly string[], weights: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, Number((weights[i] ?? 0).toPrecision(4))]));
}
