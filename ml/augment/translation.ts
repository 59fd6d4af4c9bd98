import type { MoveAugmentation } from './augmentation.js';
import { setIdentity } from './homography.js';

/**
 * Moves the digit right and down by parts of the side drawn evenly from [-fraction, fraction], each for itself.
 *
 * MNIST centres a digit of at most 20 x 20 pixels in 28 x 28, which leaves a margin of 4 pixels (0.14 of the side). What
 * moves further leaves the frame, and a 9 without its loop is a 1, a 7 without its bar too.
 */
export const translation: MoveAugmentation<'fraction'> = {
  kind: 'translation',
  stage: 'move',
  parameters: {
    fraction: { default: 0.1, safe: [0, 0.15], possible: [0, 1], because: 'the margin of a digit is 0.14 of the side: what moves further is cut off, and a 7 without its bar is a 1' },
  },
  identity: { fraction: 0 },

  prepare({ fraction }, side) {
    const reach = fraction * side;
    return (random, move) => {
      setIdentity(move);
      move[2] = random.within(reach);
      move[5] = random.within(reach);
    };
  },
};
