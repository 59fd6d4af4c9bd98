import type { ConfusablePair, GroupMerge } from '../../../shared/analysis/neighbour-analysis.js';

/** Classes grouped by how often they are taken for each other. */
export interface ConfusableGroups {
  /** All merges, most confused first, down to one group. */
  readonly merges: readonly GroupMerge[];
  /** The groups of at least two that stand when merging stops below `rate`, by their first class. */
  readonly groups: readonly (readonly number[])[];
  /** Twice the mean rate over all pairs. */
  readonly rate: number;
}

/** Agglomerative clustering of the classes with average linkage (Sokal and Michener 1958) over the pairs' rates. */
export function confusableGroups(pairs: readonly ConfusablePair[]): ConfusableGroups {
  const rates = new Map(pairs.map(({ classes: [a, b], rate }) => [`${Math.min(a, b)} ${Math.max(a, b)}`, rate]));
  const rate = (2 * pairs.reduce((sum, pair) => sum + pair.rate, 0)) / Math.max(1, pairs.length);
  let groups = [...new Set(pairs.flatMap(({ classes }) => classes))].sort((a, b) => a - b).map((member) => [member]);
  const merges: GroupMerge[] = [];
  let standing = groups;
  while (groups.length > 1) {
    let best = { i: 0, j: 1, rate: -1 };
    for (let i = 0; i < groups.length; i++) {
      for (let j = i + 1; j < groups.length; j++) {
        const mean = linkage(groups[i], groups[j], rates);
        if (mean > best.rate) best = { i, j, rate: mean };
      }
    }
    const joined = [...groups[best.i], ...groups[best.j]].sort((a, b) => a - b);
    merges.push({ groups: [groups[best.i], groups[best.j]], rate: best.rate });
    groups = groups.filter((_, index) => index !== best.j).map((group, index) => (index === best.i ? joined : group));
    if (best.rate >= rate && best.rate > 0) standing = groups;
  }
  return { merges, groups: standing.filter(({ length }) => length > 1), rate };
}

function linkage(left: readonly number[], right: readonly number[], rates: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const a of left) for (const b of right) sum += rates.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? 0;
  return sum / (left.length * right.length);
}
