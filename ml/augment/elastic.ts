import type { DisplacementAugmentation } from './augmentation.js';
import { createSmoothing } from './cosine-smoothing.js';

/**
 * Elastic distortion: every pixel is displaced by two numbers drawn evenly from [-1, 1], each field smoothed by a Gaussian
 * of `sigma` pixels (borders mirrored) and multiplied by `alpha`. Each image has fields of its own.
 * Source: Simard, Steinkraus and Platt, Best Practices for Convolutional Neural Networks, ICDAR 2003.
 *
 * Far from the borders a displacement has the standard deviation alpha / (sqrt(12 pi) sigma), 1.4 pixels at 34 and 4.
 * Beyond alpha 38, or under sigma 3.7, neighbouring strokes are pushed through each other: loops of 6, 8 and 9
 * close or open, and a 4 becomes a 9 (docs/augmentation.md has figures).
 */
export const elastic: DisplacementAugmentation<'alpha' | 'sigma'> = {
  kind: 'elastic',
  stage: 'displacement',
  parameters: {
    alpha: { default: 34, safe: [0, 38], possible: [0, 500], because: 'strokes are pushed through each other, and loops of 6, 8 and 9 close or open' },
    sigma: { default: 4, safe: [3.7, 14], possible: [0.5, 64], because: 'neighbouring pixels move apart and a stroke breaks; beyond half a side the field is a mere translation' },
  },
  identity: { alpha: 0 },

  prepare({ alpha, sigma }, side) {
    const area = side * side;
    const { fields, stride, between, smooth } = createSmoothing(side, sigma);
    const words = new Int32Array(area);
    const halves = new Int16Array(words.buffer); // two draws of 16 bits from each word
    const scale = alpha / 0x8000;
    return (random, right, down) => {
      random.fill(words);
      for (let y = 0, i = 0; y < side; y++) {
        for (let x = 0, at = y * stride; x < side; x++, i++, at++) {
          fields[at] = (halves[2 * i] + 0.5) * scale; // the half makes the mean 0
          fields[at + between] = (halves[2 * i + 1] + 0.5) * scale;
        }
      }
      smooth();
      for (let y = 0, i = 0; y < side; y++) {
        for (let x = 0, at = y * stride; x < side; x++, i++, at++) {
          right[i] += fields[at];
          down[i] += fields[at + between];
        }
      }
    };
  },
};
