import type { FeatureFamily } from './family.js';
import { lowMagnitudes } from './fourier/magnitudes.js';

/* A rectangle of frequencies that holds the chosen ones, and the 32 that come first by their distance from zero. */
const ACROSS = 5;
const DOWN = 4;
const CHOSEN = Array.from({ length: ACROSS * (2 * DOWN + 1) }, (_, i) => ({ at: i, u: i % ACROSS, v: Math.floor(i / ACROSS) - DOWN }))
  .filter(({ u, v }) => u > 0 || v >= 0) // the others mirror one of these
  .sort((a, b) => a.u ** 2 + a.v ** 2 - (b.u ** 2 + b.v ** 2) || a.at - b.at)
  .slice(0, 32);
const POSITIONS = Uint8Array.from(CHOSEN, ({ at }) => at);

const low = new Float64Array(ACROSS * (2 * DOWN + 1));

/**
 * Fourier magnitudes at the 32 lowest frequencies: what a shift (around the border) does not change. `fourier.u2v-1` turns twice across
 * the image and once up; each is divided by the number of pixels, so that all lie in [0, 1] and `fourier.u0v0` is the mean ink.
 */
export const family: FeatureFamily = {
  name: 'fourier',
  columns: CHOSEN.map(({ u, v }) => `fourier.u${u}v${v}`),

  extract(image, out, offset) {
    lowMagnitudes(image, ACROSS, DOWN, low, 0);
    const share = 1 / (image.width * image.height);
    for (let i = 0; i < POSITIONS.length; i++) out[offset + i] = low[POSITIONS[i]] * share;
  },
};
