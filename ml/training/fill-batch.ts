import type { LabelledMatrix } from '../matrix.js';
import type { Random } from '../random.js';
import { unitOf } from '../unit-of.js';

/** The memory of one batch; filled again for every step. */
export interface Batch {
  /** [size, side, side], in [0, 1]. */
  readonly images: Float32Array;
  /** [size, classes]: the smoothed one-hot labels. */
  readonly targets: Float32Array;
}

export interface BatchOptions {
  readonly side: number;
  readonly classes: number;
  /** Each image is moved by up to this many pixels in both directions; what leaves the frame is lost. */
  readonly maxShift: number;
  /** Part of a target's weight that is spread evenly over all classes. */
  readonly labelSmoothing: number;
}

/** Fills a batch with the rows that `order` names from `from` on, as many as the batch holds, shifted at random. */
export function fillBatch(
  batch: Batch,
  { x, labels }: LabelledMatrix,
  order: Uint32Array,
  from: number,
  random: Random,
  { side, classes, maxShift, labelSmoothing }: BatchOptions,
): void {
  const { images, targets } = batch;
  const area = side * side;
  const scale = unitOf(x);
  const size = targets.length / classes;
  images.fill(0);
  targets.fill(labelSmoothing / classes);
  for (let i = 0; i < size; i++) {
    const row = order[from + i];
    const right = maxShift === 0 ? 0 : random.integer(2 * maxShift + 1) - maxShift;
    const down = maxShift === 0 ? 0 : random.integer(2 * maxShift + 1) - maxShift;
    const x0 = Math.max(0, right);
    const x1 = Math.min(side, side + right);
    const y1 = Math.min(side, side + down);
    for (let y = Math.max(0, down); y < y1; y++) {
      const source = row * area + (y - down) * side - right;
      const target = i * area + y * side;
      for (let column = x0; column < x1; column++) images[target + column] = x.data[source + column] * scale;
    }
    targets[i * classes + labels[row]] += 1 - labelSmoothing;
  }
}

/** A dropout mask: 0 for what is dropped, 1 / (1 - rate) for what is kept, so that the mean stays. */
export function fillDropoutMask(mask: Float32Array, rate: number, random: Random): void {
  const kept = 1 / (1 - rate);
  const threshold = rate * 0x100000000;
  for (let i = 0; i < mask.length; i++) mask[i] = random.uint32() < threshold ? 0 : kept;
}
