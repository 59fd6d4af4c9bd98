import { offsetsOf } from '../training/test-time-augmentation.js';
import type { Offset } from '../training/test-time-augmentation.js';
import type { SavedNetwork } from './read-layers-model.js';

/** Where a saved network looks at an image, whose mean is its answer: one place, the image as it is, unless it was trained with `testTimeAugmentation`. */
export function placesOf({ details }: Pick<SavedNetwork, 'details'>): readonly Offset[] {
  return offsetsOf(Number(details['testTimeAugmentation'] ?? 1));
}
