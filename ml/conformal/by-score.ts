import type { ConformalScoreName } from '../../shared/calibration.js';

/** One value for each conformal score, made in the order in which they are listed. */
export function byScore<T>(make: (score: ConformalScoreName) => T): Record<ConformalScoreName, T> {
  return { lac: make('lac'), 'lac-by-class': make('lac-by-class'), aps: make('aps'), raps: make('raps') };
}
