import type { SearchSpace } from '../../shared/search.js';

/** A step of the ladder that trials climb. */
export interface Rung {
  /** Absent where a search has no resource: one rung, with all there is. */
  readonly resource?: number;
}

/**
 * The rungs of a search, lowest first: min, min x reduction, ..., and max as the last, whatever the distance to the one below.
 * @param all the training rows there are: a resource of rows without `max` goes up to them.
 */
export function rungsOf({ resource, reduction }: Pick<SearchSpace, 'resource' | 'reduction'>, all: number): Rung[] {
  if (!resource) return [{}];
  const max = resource.of === 'rows' ? Math.min(resource.max ?? all, all) : (resource.max ?? resource.min);
  const rungs: Rung[] = [];
  for (let k = 0; ; k++) {
    const amount = Math.round(resource.min * reduction ** k);
    // A rung just below the top would cost nearly as much as the top and tell nothing more.
    if (amount * Math.sqrt(reduction) > max) break;
    rungs.push({ resource: amount });
  }
  return [...rungs, { resource: max }];
}
