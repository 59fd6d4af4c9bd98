/** Two columns and their correlation. */
export interface CorrelatedPair {
  readonly first: number;
  readonly second: number;
  readonly correlation: number;
}

/** The pairs of columns whose correlation is above the limit in size: how many there are, and the strongest of them. */
export function correlatedPairs(correlations: Float32Array, columns: number, limit: number, shown: number): { total: number; strongest: CorrelatedPair[] } {
  const pairs: CorrelatedPair[] = [];
  for (let first = 0; first < columns; first++) {
    for (let second = first + 1; second < columns; second++) {
      const correlation = correlations[first * columns + second];
      if (Math.abs(correlation) > limit) pairs.push({ first, second, correlation });
    }
  }
  pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.first - b.first || a.second - b.second);
  return { total: pairs.length, strongest: pairs.slice(0, shown) };
}
