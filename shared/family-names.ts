/**
 * The feature families, in column order: each name is the file `ml/features/<name>.ts`, whose export `family` is a
 * FeatureFamily. All but the last give 1,511 numbers together; `zoning` is a part of `additional` that may be had alone.
 */
export const FAMILY_NAMES = [
  'hog', 'lbp', 'hu', 'statistical', 'gradient', 'texture', 'morphological', 'fourier', 'wavelet', 'zernike', 'additional', 'zoning',
] as const;
export type FamilyName = (typeof FAMILY_NAMES)[number];
