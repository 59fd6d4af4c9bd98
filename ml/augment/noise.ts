import type { PixelAugmentation } from './augmentation.js';
import { createNormals } from './normals.js';

const FLOOR = 1 << 16; // makes the sum positive, where dropping the fraction is rounding down

/**
 * Gaussian noise: each pixel's own normal number of standard deviation `deviation` (in parts of 255) is added; the sum is
 * rounded and what leaves 0..255 is cut off.
 *
 * Ink that is half as bright as full stays readable up to 0.25; beyond, specks join strokes that are not joined.
 */
export const noise: PixelAugmentation<'deviation'> = {
  kind: 'noise',
  stage: 'pixels',
  parameters: {
    deviation: { default: 0.1, safe: [0, 0.25], possible: [0, 2], because: 'specks join what is open: a 3 reads as an 8, a 4 as a 9' },
  },
  identity: { deviation: 0 },

  prepare({ deviation }, side) {
    const normals = createNormals(side * side);
    const added = new Float64Array(side * side);
    const scale = deviation * 255;
    return (random, pixels) => {
      normals(random, scale, added);
      for (let i = 0; i < pixels.length; i++) {
        const value = ((pixels[i] + added[i] + FLOOR + 0.5) | 0) - FLOOR;
        const positive = value & ~(value >> 31); // cut off without a branch: noise on blank paper falls either way
        pixels[i] = positive | ((255 - positive) >> 31);
      }
    };
  },
};
