import { chainCodes } from './additional/chain-codes.js';
import { concavities } from './additional/concavities.js';
import { crossings } from './additional/crossings.js';
import { directions } from './additional/directions.js';
import { moments } from './additional/moments.js';
import type { Part } from './additional/part.js';
import { profiles } from './additional/profiles.js';
import { projections } from './additional/projections.js';
import { quadTree } from './additional/quad-tree.js';
import { runLengths } from './additional/run-lengths.js';
import { zoning } from './additional/zoning.js';
import type { FeatureFamily } from './family.js';
import { inkMask } from './ink/ink-mask.js';

const PARTS: readonly Part[] = [
  zoning, directions, projections, profiles, runLengths, crossings, quadTree, concavities, chainCodes, moments,
];

/**
 * What else tells digits apart, 830 numbers in ten parts of a file each, which say what their columns mean and their range: zoning 65, directions 392,
 * projections 70, profiles 56, run lengths 32, crossings 28, quad-tree 42, concavities 80, chain codes 40 and moments 25.
 * Column `additional.zoning.4x4.r1c2` is the part's column `zoning.4x4.r1c2`.
 */
export const family: FeatureFamily = {
  name: 'additional',
  columns: PARTS.flatMap(({ columns }) => columns.map((column) => `additional.${column}`)),

  extract(image, out, offset) {
    const mask = inkMask(image);
    let at = offset;
    for (let i = 0; i < PARTS.length; i++) {
      PARTS[i].write(image, mask, out, at);
      at += PARTS[i].columns.length;
    }
  },
};
