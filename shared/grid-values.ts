import type { Json } from './json.js';
import type { ParamSpace } from './search.js';
import { tidyNumber } from './tidy-number.js';

/**
 * The values that a grid takes of one hyper-parameter: all choices, all whole numbers of a range, or `steps` values from end to end, evenly
 * spaced (on the scale of logarithms where the space is); undefined for a continuous range without `steps`.
 */
export function gridValues(space: ParamSpace): readonly Json[] | undefined {
  if ('choice' in space) return space.choice;
  if ('integer' in space) {
    const [low, high] = space.integer;
    const all = high - low + 1;
    if (space.steps === undefined || space.steps >= all) return Array.from({ length: all }, (_, i) => low + i);
    return [...new Set(spaced(low, high, space.steps, space.log === true).map(Math.round))];
  }
  if (space.steps === undefined) return undefined;
  const [low, high] = 'uniform' in space ? space.uniform : space.logUniform;
  return spaced(low, high, space.steps, 'logUniform' in space).map((value) => tidyNumber(value, low, high));
}

function spaced(low: number, high: number, steps: number, log: boolean): number[] {
  if (steps === 1) return [log ? Math.sqrt(low * high) : (low + high) / 2];
  return Array.from({ length: steps }, (_, i) => {
    if (i === 0 || i === steps - 1) return i === 0 ? low : high;
    const part = i / (steps - 1);
    return log ? low * (high / low) ** part : low + (high - low) * part;
  });
}
