import type { FeatureFamily, GrayImage } from '../../ml/features/family.js';

/** A family's numbers for one image. */
export function extracted(family: FeatureFamily, image: GrayImage): number[] {
  const out = new Float32Array(family.columns.length);
  family.extract(image, out, 0);
  return [...out];
}
