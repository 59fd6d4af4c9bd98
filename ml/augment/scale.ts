import type { MoveAugmentation } from './augmentation.js';
import { setIdentity } from './homography.js';

/**
 * Scales the digit about the centre of the image by a factor drawn evenly from [1 - change, 1 + change], the same in both
 * directions.
 *
 * From a factor of 1.4 on a digit of 20 pixels no longer fits into 28; under 0.75 the holes of 6, 8 and 9, two pixels
 * wide, fill up when they are sampled.
 */
export const scale: MoveAugmentation<'change'> = {
  kind: 'scale',
  stage: 'move',
  parameters: {
    change: { default: 0.1, safe: [0, 0.25], possible: [0, 0.9], because: 'smaller digits lose the holes of 6, 8 and 9, larger ones are cut off by the frame' },
  },
  identity: { change: 0 },

  prepare({ change }) {
    return (random, move) => {
      const factor = 1 + random.within(change);
      setIdentity(move);
      move[0] = factor;
      move[4] = factor;
    };
  },
};
