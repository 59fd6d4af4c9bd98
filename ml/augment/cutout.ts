import type { PixelAugmentation } from './augmentation.js';

/**
 * Cutout: one square of `size` x `size` pixels is blanked; its centre is any pixel, so it may stick out of the frame.
 * Source: DeVries and Taylor, Improved Regularization of Convolutional Neural Networks with Cutout, 2017.
 *
 * Beyond 9 pixels (half a digit) the square can hide the whole part that tells two digits apart: the bar of a 7 from a 1,
 * the left of an 8 from a 3.
 */
export const cutout: PixelAugmentation<'size'> = {
  kind: 'cutout',
  stage: 'pixels',
  parameters: {
    size: { default: 8, safe: [0, 9], possible: [0, 128], whole: true, because: 'a larger square hides what tells a 7 from a 1 or an 8 from a 3' },
  },
  identity: { size: 0 },

  prepare({ size }, side) {
    const before = size >> 1;
    return (random, pixels) => {
      const left = Math.floor(random.uniform() * side) - before;
      const top = Math.floor(random.uniform() * side) - before;
      const [x0, x1] = [Math.max(0, left), Math.min(side, left + size)];
      for (let y = Math.max(0, top); y < Math.min(side, top + size); y++) pixels.fill(0, y * side + x0, y * side + x1);
    };
  },
};
