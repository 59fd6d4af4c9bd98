import type { MoveAugmentation } from './augmentation.js';
import { setIdentity } from './homography.js';

/**
 * Tips the paper away from the eye: the size of the picture changes by up to `change` from the centre to an edge, drawn
 * evenly from [-change, change] for left-right and for up-down.
 *
 * A camera over a form sees up to 0.1. Beyond 0.25 the far half of a digit shrinks to half the near one: the upper loop of
 * an 8 closes, and it reads as a 6.
 */
export const perspective: MoveAugmentation<'change'> = {
  kind: 'perspective',
  stage: 'move',
  parameters: {
    change: { default: 0.1, safe: [0, 0.25], possible: [0, 0.45], because: 'the far half of the digit shrinks until a loop of an 8 closes and it reads as a 6 or a 9' },
  },
  identity: { change: 0 },

  prepare({ change }, side) {
    const reach = change / (side / 2);
    return (random, move) => {
      setIdentity(move);
      move[6] = random.within(reach);
      move[7] = random.within(reach);
    };
  },
};
