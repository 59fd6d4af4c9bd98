import type { PixelAugmentation } from './augmentation.js';

/**
 * Adds the same grey to every pixel: a part of 255 drawn evenly from [-change, change]; what leaves 0..255 is cut off.
 *
 * Beyond 0.4 the faint ends of strokes drown: a 4 whose last line is lost reads as a 9 or a 1.
 */
export const brightness: PixelAugmentation<'change'> = {
  kind: 'brightness',
  stage: 'pixels',
  parameters: {
    change: { default: 0.2, safe: [0, 0.4], possible: [0, 1], because: 'faint strokes drown, and a 4 without one of them reads as a 9' },
  },
  identity: { change: 0 },

  prepare({ change }) {
    return (random, pixels) => {
      const added = Math.round(random.within(change) * 255);
      for (let i = 0; i < pixels.length; i++) {
        const value = pixels[i] + added;
        pixels[i] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    };
  },
};
