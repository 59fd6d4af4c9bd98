import { directionMaps, DIRECTIONS } from '../gradient/direction-maps.js';
import type { Part } from './part.js';

const ZONES = 7;
const sums = new Float64Array(ZONES * ZONES * DIRECTIONS);

/**
 * Sobel gradients in eight directions with their sign, in 7 x 7 soft zones: the square root of each zone's sum in units of
 * the length of all of them, in [0, 1]. The root brings the skewed sums nearer to a normal distribution (Liu et al., 2004).
 * Column `directions.r0c6.d2` is the upper right zone, edges that brighten downwards.
 */
export const directions: Part = {
  columns: Array.from({ length: ZONES * ZONES * DIRECTIONS }, (_, i) => {
    const zone = Math.floor(i / DIRECTIONS);
    return `directions.r${Math.floor(zone / ZONES)}c${zone % ZONES}.d${i % DIRECTIONS}`;
  }),

  write(image, _mask, out, offset) {
    directionMaps(image, ZONES, sums);
    let squares = 0;
    for (let i = 0; i < sums.length; i++) squares += sums[i] * sums[i];
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let i = 0; i < sums.length; i++) out[offset + i] = Math.sqrt(sums[i] * scale);
  },
};
