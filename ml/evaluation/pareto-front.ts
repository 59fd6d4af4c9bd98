import { InvalidDataError } from '../../shared/errors.js';

/**
 * Which points no other one dominates: no other is as good in every objective and better in one. Objectives are costs, each to be minimised
 * (an accuracy goes in as its error); points that are equal in all of them stay together.
 *
 * @param points the costs of each, as many for all; infinite ones are allowed.
 * @returns indices of the front's points, in the order in which they came.
 * @throws InvalidDataError for points with no or different numbers of objectives, or with NaN.
 */
export function paretoFront(points: readonly (readonly number[])[]): number[] {
  const objectives = points[0]?.length ?? 1;
  points.forEach((costs, index) => {
    if (costs.length !== objectives || objectives === 0 || costs.some(Number.isNaN)) {
      throw new InvalidDataError(`Pareto front: point ${index} is (${costs.join(', ')}); expected ${Math.max(1, objectives)} numbers, as the first has.`);
    }
  });
  return points.flatMap((own, index) => (points.some((other) => dominates(other, own)) ? [] : [index]));
}

/** At least as low in every cost, and lower in one. */
function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((cost, i) => cost <= (b[i] as number)) && a.some((cost, i) => cost < (b[i] as number));
}
