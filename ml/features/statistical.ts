import type { FeatureFamily } from './family.js';
import { brightnessStatistics, BRIGHTNESS_STATISTICS } from './statistical/brightness-statistics.js';
import { placeStatistics, PLACE_STATISTICS } from './statistical/place-statistics.js';

/**
 * Forty statistics of an image: 24 of its brightness (how much ink, how strong, how spread over the levels) and 16 of its
 * place (centre, spread, slant, symmetry). Each column's range is said where it is computed.
 */
export const family: FeatureFamily = {
  name: 'statistical',
  columns: [...BRIGHTNESS_STATISTICS, ...PLACE_STATISTICS].map((name) => `statistical.${name}`),

  extract(image, out, offset) {
    brightnessStatistics(image, out, offset);
    placeStatistics(image, out, offset + BRIGHTNESS_STATISTICS.length);
  },
};
