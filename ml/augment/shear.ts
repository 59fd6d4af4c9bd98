import type { MoveAugmentation } from './augmentation.js';
import { setIdentity } from './homography.js';

/**
 * Slants the digit: a pixel one row further down moves to the right by a factor drawn evenly from [-factor, factor].
 *
 * Handwriting slants sideways, so rows move and columns do not. 0.2 is 11 degrees; at 0.4 (22 degrees) an upright 1 lies
 * like the stroke of a 7, and the open 4 closes towards a 9.
 */
export const shear: MoveAugmentation<'factor'> = {
  kind: 'shear',
  stage: 'move',
  parameters: {
    factor: { default: 0.2, safe: [0, 0.35], possible: [0, 2], because: 'a 1 slanted by more than 20 degrees reads as the stroke of a 7' },
  },
  identity: { factor: 0 },

  prepare({ factor }) {
    return (random, move) => {
      setIdentity(move);
      move[1] = random.within(factor);
    };
  },
};
