import type { MoveAugmentation } from './augmentation.js';
import { setIdentity } from './homography.js';

/**
 * Turns the digit about the centre of the image by an angle drawn evenly from [-degrees, degrees]; above zero is
 * counter-clockwise.
 *
 * Writers slant and tilt by some 15 degrees. Much beyond 20, labels stop holding: a 1 turned by 30 degrees is the
 * stroke of a 7 (and a 7 turned back stands like a 1), a 4 leans into a 9, and at half a turn a 6 is a 9.
 */
export const rotation: MoveAugmentation<'degrees'> = {
  kind: 'rotation',
  stage: 'move',
  parameters: {
    degrees: { default: 15, safe: [0, 20], possible: [0, 180], breaks: 180, because: 'a 1 turned by 30 degrees reads as a 7, and a 6 turned far enough as a 9' },
  },
  identity: { degrees: 0 },

  prepare({ degrees }) {
    const reach = (degrees * Math.PI) / 180;
    return (random, move) => {
      const angle = random.within(reach);
      const cosine = Math.cos(angle);
      const sine = Math.sin(angle);
      setIdentity(move);
      move[0] = cosine;
      move[1] = sine;
      move[3] = -sine;
      move[4] = cosine;
    };
  },
};
