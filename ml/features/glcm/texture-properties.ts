import type { GrayImage, Numbers } from '../family.js';
import { countPairs, LEVELS } from './co-occurrence.js';

/** What is said of each matrix, in this order. */
export const PROPERTIES = ['contrast', 'dissimilarity', 'homogeneity', 'asm', 'energy', 'correlation', 'variance', 'entropy'] as const;
/** Distances in pixels. */
export const DISTANCES = [1, 2] as const;
/** Degrees, clockwise from the right: rows count downwards. */
export const ANGLES = [0, 45, 90, 135] as const;

const MATRICES = DISTANCES.length * ANGLES.length;

/** Pixels down and right per distance and angle, rounded as scikit-image rounds them: the diagonals at distance 2 are those at distance 1. */
const OFFSETS: readonly (readonly [number, number])[] = [[0, 1], [1, 1], [1, 0], [1, -1], [0, 2], [1, 1], [2, 0], [1, -1]];
const SAME_AS = [0, 1, 2, 3, 4, 1, 6, 3];

const LOGARITHMS = new Float64Array(1 << 11).map((_, count) => (count === 0 ? 0 : Math.log(count))); // enough for 28 x 28
const counts = new Uint32Array(LEVELS * LEVELS);

/**
 * Writes the 64 numbers of `skimage.feature.graycoprops` for 8 grey levels, symmetric and normed: property by property,
 * each for distance 1 and 2 at 0, 45, 90 and 135 degrees.
 */
export function textureProperties(image: GrayImage, out: Numbers, offset: number): void {
  for (let matrix = 0; matrix < MATRICES; matrix++) {
    const at = offset + matrix;
    const same = SAME_AS[matrix];
    if (same !== matrix) {
      for (let p = 0; p < PROPERTIES.length; p++) out[at + p * MATRICES] = out[offset + same + p * MATRICES];
      continue;
    }
    const [down, right] = OFFSETS[matrix];
    describe(countPairs(image, down, right, counts), out, at);
  }
}

/** The matrix is symmetric: what holds of its rows holds of its columns, and half of it is enough. */
function describe(total: number, out: Numbers, at: number): void {
  let contrast = 0, dissimilarity = 0, homogeneity = 0, asm = 0, logs = 0, sum = 0, squares = 0, products = 0;
  for (let i = 0; i < LEVELS; i++) {
    let row = 0;
    for (let j = 0; j < i; j++) {
      const count = counts[i * LEVELS + j];
      if (count === 0) continue;
      const apart = i - j;
      const twice = 2 * count;
      row += count;
      sum += j * count; // the mirrored pair's row
      squares += j * j * count;
      contrast += apart * apart * twice;
      dissimilarity += apart * twice;
      homogeneity += twice / (1 + apart * apart);
      asm += twice * count;
      products += i * j * twice;
      logs += twice * logarithm(count);
    }
    const own = counts[i * LEVELS + i];
    row += own;
    homogeneity += own;
    asm += own * own;
    products += i * i * own;
    logs += own * logarithm(own);
    sum += i * row;
    squares += i * i * row;
  }
  const unit = total === 0 ? 0 : 1 / total;
  const mean = sum * unit;
  const variance = Math.max(0, squares * unit - mean * mean);
  const energy = asm * unit * unit;
  out[at] = contrast * unit;
  out[at + MATRICES] = dissimilarity * unit;
  out[at + 2 * MATRICES] = homogeneity * unit;
  out[at + 3 * MATRICES] = energy;
  out[at + 4 * MATRICES] = Math.sqrt(energy);
  out[at + 5 * MATRICES] = variance < 1e-12 ? 1 : (products * unit - mean * mean) / variance; // one level alone: scikit-image says 1
  out[at + 6 * MATRICES] = variance;
  out[at + 7 * MATRICES] = total === 0 ? 0 : Math.log(total) - logs * unit;
}

function logarithm(count: number): number {
  return count < LOGARITHMS.length ? LOGARITHMS[count] : Math.log(count);
}
