import { zoning } from './additional/zoning.js';
import type { FeatureFamily } from './family.js';
import { inkMask } from './ink/ink-mask.js';

/** The part zoning of the family `additional` by itself, for whoever wants no more: the mean ink of cells, in [0, 1]. */
export const family: FeatureFamily = {
  name: 'zoning',
  columns: zoning.columns,
  extract: (image, out, offset) => zoning.write(image, inkMask(image), out, offset),
};
