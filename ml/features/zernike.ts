import type { FeatureFamily } from './family.js';
import { ORDERS, zernikeMoments } from './zernike/zernike-moments.js';

/**
 * Zernike moments up to degree 8 (Teague, 1980; Khotanzad and Hong, 1990) on the disk of radius 14 about the centre of
 * mass: 25 magnitudes, which a turn of the digit does not change. At least 0, at most (n + 1) / pi for the degree n, since
 * the ink is scaled to a sum of one. Column `zernike.n4l2` has degree 4 and turns twice around.
 */
export const family: FeatureFamily = {
  name: 'zernike',
  columns: ORDERS.map(({ n, l }) => `zernike.n${n}l${l}`),
  extract: zernikeMoments,
};
