import type { FeatureFamily } from './family.js';
import { directionMaps, DIRECTIONS } from './gradient/direction-maps.js';

const ZONES = 2;
const sums = new Float64Array(ZONES * ZONES * DIRECTIONS);

/**
 * Where edges face, roughly: the Sobel gradients of the four quarters in eight directions with their sign, as shares of all
 * gradients; in [0, 1], together 1. Column `gradient.r0c1.d2` is the upper right quarter, edges that brighten downwards.
 * Independent of contrast; a blank image has zeros.
 */
export const family: FeatureFamily = {
  name: 'gradient',
  columns: Array.from({ length: ZONES * ZONES * DIRECTIONS }, (_, i) => {
    const zone = Math.floor(i / DIRECTIONS);
    return `gradient.r${Math.floor(zone / ZONES)}c${zone % ZONES}.d${i % DIRECTIONS}`;
  }),

  extract(image, out, offset) {
    directionMaps(image, ZONES, sums);
    let all = 0;
    for (let i = 0; i < sums.length; i++) all += sums[i];
    for (let i = 0; i < sums.length; i++) out[offset + i] = all === 0 ? 0 : sums[i] / all;
  },
};
