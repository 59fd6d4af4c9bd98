import type { PixelAugmentation } from './augmentation.js';

/**
 * Moves every pixel away from the mean of its image, or towards it, by a factor drawn evenly from [1 - change, 1 + change];
 * what leaves 0..255 is cut off.
 *
 * Beyond 0.6 the ink comes so near to the paper that noise of 0.1 hides thin strokes, and what is left of an 8 reads as a 3.
 */
export const contrast: PixelAugmentation<'change'> = {
  kind: 'contrast',
  stage: 'pixels',
  parameters: {
    change: { default: 0.3, safe: [0, 0.6], possible: [0, 1], because: 'the ink of thin strokes disappears in the paper' },
  },
  identity: { change: 0 },

  prepare({ change }) {
    const changed = new Uint8Array(256);
    return (random, pixels) => {
      const factor = 1 + random.within(change);
      let sum = 0;
      for (let i = 0; i < pixels.length; i++) sum += pixels[i];
      const mean = sum / pixels.length;
      for (let value = 0; value < 256; value++) {
        changed[value] = Math.max(0, Math.min(255, Math.round(mean + (value - mean) * factor)));
      }
      for (let i = 0; i < pixels.length; i++) pixels[i] = changed[pixels[i]];
    };
  },
};
