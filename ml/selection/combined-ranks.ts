/**
 * Criteria of different scales made one: each column's mean fraction of columns that it beats, over the criteria, in [0, 1]; larger is
 * better. Of equal values the earlier column wins.
 */
export function combinedRanks(criteria: readonly ArrayLike<number>[]): Float64Array {
  const columns = criteria[0]?.length ?? 0;
  const combined = new Float64Array(columns);
  for (const values of criteria) {
    rankedColumns(values).forEach((column, rank) => {
      combined[column] += (columns - rank) / columns / criteria.length;
    });
  }
  return combined;
}

/** Columns from the largest score to the least; of equal scores the earlier first. */
export function rankedColumns(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: scores.length }, (_, column) => column).sort((a, b) => scores[b] - scores[a] || a - b);
}
