import type { Octave } from './scale-space.js';
import type { Extremum } from './find-extrema.js';
import { sigmaOf } from './scale-space.js';

const BINS = 36;
const PEAK = 0.8; // of the highest peak
const WINDOW = 1.5; // standard deviation of the weights, in standard deviations of the keypoint's plane
const REACH = 3; // of the window's standard deviations

/**
 * The directions in which brightness grows around a keypoint, in radians in [0, 2 pi) from the x axis towards the y axis
 * (downwards): the peaks of a histogram of gradients, weighted by their lengths and a Gaussian, that reach 80 % of the
 * highest (Lowe 2004, section 5). A gradient shares its weight between the two nearest bins.
 */
export function dominantOrientations({ width, height, gaussians }: Octave, { plane, x, y, offset }: Extremum): number[] {
  const pixels = gaussians[plane];
  const sigma = WINDOW * sigmaOf(plane + offset.plane);
  const radius = Math.round(REACH * sigma);
  const histogram = new Float64Array(BINS);
  for (let row = Math.max(1, y - radius); row <= Math.min(height - 2, y + radius); row++) {
    for (let column = Math.max(1, x - radius); column <= Math.min(width - 2, x + radius); column++) {
      const at = row * width + column;
      const dx = pixels[at + 1] - pixels[at - 1];
      const dy = pixels[at + width] - pixels[at - width];
      const distance = (row - y - offset.y) ** 2 + (column - x - offset.x) ** 2;
      const weight = Math.hypot(dx, dy) * Math.exp(-distance / (2 * sigma * sigma));
      const turn = Math.atan2(dy, dx) / (2 * Math.PI) + 1; // in [0.5, 1.5]
      const bin = Math.floor(turn * BINS);
      const share = turn * BINS - bin;
      histogram[bin % BINS] += weight * (1 - share);
      histogram[(bin + 1) % BINS] += weight * share;
    }
  }
  return peaksOf(smoothed(histogram));
}

/** By binomial weights, as OpenCV does. */
function smoothed(histogram: Float64Array): Float64Array {
  const at = (i: number): number => histogram[(i + BINS) % BINS];
  return histogram.map((value, i) => (at(i - 2) + at(i + 2) + 4 * (at(i - 1) + at(i + 1)) + 6 * value) / 16);
}

function peaksOf(histogram: Float64Array): number[] {
  const least = PEAK * Math.max(...histogram);
  const peaks: number[] = [];
  for (let i = 0; i < BINS; i++) {
    const [left, middle, right] = [histogram[(i + BINS - 1) % BINS], histogram[i], histogram[(i + 1) % BINS]];
    if (middle <= left || middle <= right || middle < least) continue;
    const top = i + (left - right) / (2 * (left - 2 * middle + right));
    peaks.push((((top + BINS) % BINS) * 2 * Math.PI) / BINS);
  }
  return peaks;
}
