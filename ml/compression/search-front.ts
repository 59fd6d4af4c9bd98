import type { SearchedPlan } from '../../shared/compression.js';
import { paretoFront } from '../evaluation/pareto-front.js';

/** Plans, and which of them no other one beats: as small in both ways, as few multiply-adds and as accurate on the validation rows, and better in one of them. */
export function searchFront(plans: readonly SearchedPlan[]): (SearchedPlan & { readonly front: boolean })[] {
  const front = new Set(paretoFront(plans.map(({ bytes, codedBytes, multiplyAdds, validationAccuracy }) => [bytes, codedBytes, multiplyAdds, 1 - validationAccuracy])));
  return plans.map((plan, at) => ({ ...plan, front: front.has(at) }));
}
