import type { FeatureFamily } from './family.js';
import { codeHistogram, CODES } from './lbp/code-histogram.js';

/**
 * Local binary patterns (Ojala, Pietikäinen and Mäenpää, 2002): the share of the pixels whose eight neighbours on a circle
 * of radius 1 are as bright as they, or not, in each of the 256 ways. In [0, 1], together 1; `lbp.255` is mostly the ground.
 * Adding the same brightness to every pixel changes nothing inside the image.
 */
export const family: FeatureFamily = {
  name: 'lbp',
  columns: Array.from({ length: CODES }, (_, code) => `lbp.${code}`),
  extract: codeHistogram,
};
