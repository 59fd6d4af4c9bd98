import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

/** Class probabilities [rows, classes] of square images, one a row. */
export type PredictImages = (x: Matrix) => Promise<Matrix<Float32Array>>;

/** By how many pixels an image is moved, right and down; fewer than it has. */
export type Offset = readonly [right: number, down: number];

const STAYS: Offset = [0, 0];
const STRAIGHT: readonly Offset[] = [[-1, 0], [1, 0], [0, -1], [0, 1]];
const DIAGONAL: readonly Offset[] = [[-1, -1], [1, -1], [-1, 1], [1, 1]];

/** The shifts by how many there are: the image itself; with those by one pixel along the axes; with all by one pixel. */
const OFFSETS: ReadonlyMap<number, readonly Offset[]> = new Map([
  [1, [STAYS]],
  [5, [STAYS, ...STRAIGHT]],
  [9, [STAYS, ...STRAIGHT, ...DIAGONAL]],
]);

/** @throws InvalidConfigError for another number than 1, 5 and 9. */
export function offsetsOf(count: number): readonly Offset[] {
  const offsets = OFFSETS.get(count);
  if (!offsets) throw new InvalidConfigError(`An image cannot be predicted at ${count} places: expected one of ${[...OFFSETS.keys()].join(', ')}.`);
  return offsets;
}

/**
 * A prediction that is the mean of those for the image at several places (test-time augmentation; Krizhevsky et al.,
 * "ImageNet Classification with Deep Convolutional Neural Networks", average over crops). What leaves the frame is lost,
 * what enters it is 0. It costs as many predictions as there are places.
 */
export function averagedOverShifts(predict: PredictImages, offsets: readonly Offset[]): PredictImages {
  return async (x) => {
    let sum: Matrix<Float32Array> | undefined;
    for (const offset of offsets) {
      const proba = await predict(shifted(x, offset));
      sum ??= { ...proba, data: new Float32Array(proba.data.length) };
      for (let i = 0; i < proba.data.length; i++) sum.data[i] += proba.data[i] / offsets.length;
    }
    if (!sum) throw new InvalidConfigError('There is no place at which to predict an image: expected at least one offset.');
    return sum;
  };
}

/** All images of a matrix, moved. What enters the frame is 0. */
export function shifted(x: Matrix, [right, down]: Offset): Matrix {
  if (right === 0 && down === 0) return x;
  const side = Math.round(Math.sqrt(x.columns));
  const data = x.data instanceof Uint8Array ? new Uint8Array(x.data.length) : new Float32Array(x.data.length);
  const from = Math.max(0, -right);
  const width = side - Math.abs(right);
  for (let row = 0; row < x.rows; row++) {
    for (let y = Math.max(0, -down); y < Math.min(side, side - down); y++) {
      const start = row * x.columns + y * side + from;
      data.set(x.data.subarray(start, start + width), start + down * side + right);
    }
  }
  return { ...x, data };
}
