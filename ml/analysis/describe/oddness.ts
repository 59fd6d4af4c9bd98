import type { Images } from '../../data/decode-images.js';
import { inkShares } from './ink-shares.js';
import { quantileOf } from './spread-of.js';
import { subspaceDistances } from './subspace-distances.js';

/** Components of a digit's own subspace: they hold some 80 % of the variance of MNIST's digits. */
const COMPONENTS = 40;

/**
 * How odd each image is among the images of its digit: its distance in the digit's own subspace of ink shares, divided by the
 * median distance. 1 is usual; the oddest ones are worth a look.
 * @param rows the images of one digit.
 * @returns one value a row of `rows`; zeros where all images are equal.
 */
export function oddnessOf(images: Images, rows: Uint32Array): Float32Array {
  const distances = subspaceDistances(inkShares(images, rows), COMPONENTS);
  const median = quantileOf(distances.slice().sort(), 0.5);
  return Float32Array.from(distances, (distance) => (median === 0 ? 0 : distance / median));
}
