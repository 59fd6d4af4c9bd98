import type { FeatureFamily } from './family.js';
import { inkMask } from './ink/ink-mask.js';
import { countRegions } from './morphological/count-regions.js';
import { erodedAreas } from './morphological/eroded-areas.js';
import { outline } from './morphological/outline.js';
import { skeleton } from './morphological/skeleton.js';

/**
 * The shape of the ink (brighter than half of the brightest pixel): `area` and `hull` (area of the convex hull) as shares of the image,
 * `perimeter` in image half-perimeters, `width` and `height` of the bounding box as shares of the image's; `extent` (area in
 * the box), `solidity` (area in the hull), `compactness` (4 pi area / perimeter^2), all in [0, 1]; counts of `parts`
 * (8-connected) and `holes` (4-connected), `hole-area` as a share of the image; `eroded1` and `eroded2`, the share of ink that is
 * left after one and two erosions by a cross; the `skeleton`'s pixels per image half-perimeter, its `ends` and `junctions`.
 * Zeros without ink.
 */
export const family: FeatureFamily = {
  name: 'morphological',
  columns: [
    'area', 'hull', 'perimeter', 'width', 'height', 'extent', 'solidity', 'compactness', 'parts', 'holes', 'hole-area',
    'eroded1', 'eroded2', 'skeleton', 'ends', 'junctions',
  ].map((name) => `morphological.${name}`),

  extract(image, out, offset) {
    const mask = inkMask(image);
    if (mask.area === 0) {
      out.fill(0, offset, offset + 16);
      return;
    }
    const pixels = mask.width * mask.height;
    const sides = mask.width + mask.height;
    const { hull, perimeter, width, height } = outline(mask);
    out[offset] = mask.area / pixels;
    out[offset + 1] = hull / pixels;
    out[offset + 2] = perimeter / sides;
    out[offset + 3] = width / mask.width;
    out[offset + 4] = height / mask.height;
    out[offset + 5] = mask.area / (width * height);
    out[offset + 6] = mask.area / hull;
    out[offset + 7] = (4 * Math.PI * mask.area) / (perimeter * perimeter);
    const { parts, holes, holeArea } = countRegions(mask);
    out[offset + 8] = parts;
    out[offset + 9] = holes;
    out[offset + 10] = holeArea / pixels;
    const { once, twice } = erodedAreas(mask);
    out[offset + 11] = once / mask.area;
    out[offset + 12] = twice / mask.area;
    const { length, ends, junctions } = skeleton(mask);
    out[offset + 13] = length / sides;
    out[offset + 14] = ends;
    out[offset + 15] = junctions;
  },
};
