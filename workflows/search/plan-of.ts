import type { SearchSpace } from '../../shared/search.js';
import { AshaPolicy } from './asha-policy.js';
import { ClimbingPolicy } from './climbing-policy.js';
import type { Rung } from './rungs.js';
import type { Applied } from './search-plan.js';
import { SearchPlan } from './search-plan.js';
import { suggestions } from './suggestions.js';

/** The plan of a search's document. */
export function planOf(space: SearchSpace, rungs: readonly Rung[], applied: (applied: Applied) => void): SearchPlan {
  const { strategy, reduction, medianStopping, window } = space;
  const suggested = suggestions(space);
  const policy = strategy === 'asha'
    ? new AshaPolicy(suggested, rungs.length, reduction, medianStopping)
    : new ClimbingPolicy(suggested, rungs.length, medianStopping);
  return new SearchPlan(policy, rungs, window, applied);
}
