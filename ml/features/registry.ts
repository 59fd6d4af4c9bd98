import { InvalidConfigError } from '../../shared/errors.js';
import { FAMILY_NAMES } from '../../shared/family-names.js';
import type { FamilyName } from '../../shared/family-names.js';
import { family as additional } from './additional.js';
import type { FeatureFamily } from './family.js';
import { family as fourier } from './fourier.js';
import { family as gradient } from './gradient.js';
import { family as hog } from './hog.js';
import { family as hu } from './hu.js';
import { family as lbp } from './lbp.js';
import { family as morphological } from './morphological.js';
import { family as statistical } from './statistical.js';
import { family as texture } from './texture.js';
import { family as wavelet } from './wavelet.js';
import { family as zernike } from './zernike.js';
import { family as zoning } from './zoning.js';

/** Every feature family, by its name. */
export const FAMILIES: Readonly<Record<FamilyName, FeatureFamily>> = {
  hog, lbp, hu, statistical, gradient, texture, morphological, fourier, wavelet, zernike, additional, zoning,
};

/**
 * The family of that name.
 * @throws InvalidConfigError when there is none.
 */
export function familyNamed(name: string): FeatureFamily {
  if (!Object.hasOwn(FAMILIES, name)) {
    throw new InvalidConfigError(`Unknown feature family '${name}'; expected one of ${FAMILY_NAMES.join(', ')}.`);
  }
  return FAMILIES[name as FamilyName];
}
