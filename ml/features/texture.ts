import type { FeatureFamily } from './family.js';
import { ANGLES, DISTANCES, PROPERTIES, textureProperties } from './glcm/texture-properties.js';

/**
 * Texture by grey-level co-occurrence (Haralick, Shanmugam and Dinstein, 1973): 8 grey levels, distances 1 and 2 (pixels), four angles.
 * Contrast 0..49, dissimilarity 0..7, homogeneity, ASM and energy 0..1, correlation -1..1, variance 0..12.25 and
 * entropy 0..4.16. Column `texture.contrast.d1a45` is the contrast at distance 1 and 45 degrees.
 */
export const family: FeatureFamily = {
  name: 'texture',
  columns: PROPERTIES.flatMap((property) => DISTANCES.flatMap((distance) => ANGLES.map((angle) => `texture.${property}.d${distance}a${angle}`))),
  extract: textureProperties,
};
