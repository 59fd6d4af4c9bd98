import { randomBeta } from '../random-beta.js';
import type { Random } from '../random.js';
import type { Batch } from './fill-batch.js';

/** Which images are made of two; alphas of symmetric Beta distributions, the smaller the nearer to one of the two. */
export interface MixOptions {
  readonly side: number;
  readonly classes: number;
  /** Alpha of mixup, weighted means of two images (Zhang et al., "mixup: Beyond Empirical Risk Minimization"); 0 is off. */
  readonly mixup: number;
  /** Alpha of CutMix, a box of one image in another (Yun et al., "CutMix"; 1 in the paper); 0 is off. */
  readonly cutmix: number;
}

/** The share of the first image, in [0, 1], after two images have been mixed in place. */
type MixImages = (first: Float32Array, second: Float32Array, lambda: number) => number;

/**
 * Mixes a batch in place, images and targets alike: the first image with the last, the second with the one before the
 * last and so on. The rows of a batch stand in a random order, so these are random pairs; each draws its own lambda. Both
 * images of a pair become mixtures, each of the shares that the other has not. Where both kinds are on, half of the
 * batches get the one and half the other.
 */
export function mixBatch({ images, targets }: Batch, { side, classes, mixup, cutmix }: MixOptions, random: Random): void {
  const cuts = cutmix > 0 && (mixup === 0 || random.uniform() < 0.5);
  const alpha = cuts ? cutmix : mixup;
  const mix: MixImages = cuts ? (first, second, lambda) => swapBox(first, second, side, lambda, random) : blend;
  const area = side * side;
  for (let i = 0, j = targets.length / classes - 1; i < j; i++, j--) {
    const share = mix(rowOf(images, i, area), rowOf(images, j, area), randomBeta(random, alpha));
    blend(rowOf(targets, i, classes), rowOf(targets, j, classes), share);
  }
}

function rowOf(values: Float32Array, row: number, width: number): Float32Array {
  return values.subarray(row * width, (row + 1) * width);
}

function blend(first: Float32Array, second: Float32Array, lambda: number): number {
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i], second[i]];
    first[i] = lambda * a + (1 - lambda) * b;
    second[i] = lambda * b + (1 - lambda) * a;
  }
  return lambda;
}

/** Swaps a box of about 1 - lambda of the area, cut off at the frame, with its centre anywhere in the image. */
function swapBox(first: Float32Array, second: Float32Array, side: number, lambda: number, random: Random): number {
  const size = Math.floor(side * Math.sqrt(1 - lambda));
  const edges = (): [number, number] => {
    const from = random.integer(side) - (size >> 1);
    return [Math.max(0, from), Math.min(side, from + size)];
  };
  const [[left, right], [top, bottom]] = [edges(), edges()];
  for (let y = top; y < bottom; y++) {
    const [from, to] = [y * side + left, y * side + right];
    const held = first.slice(from, to);
    first.set(second.subarray(from, to), from);
    second.set(held, from);
  }
  return 1 - ((right - left) * (bottom - top)) / (side * side);
}
