import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { createAugmenter } from './augmenter.js';
import type { PipelineDocument } from './pipeline-document.js';

/** Images between two calls of `onProgress`: some milliseconds of work. */
const REPORT_EVERY = 500;

/** Which rows of the whole set are given, and what is made of each. */
export interface AugmentRowsOptions {
  /** The first one's row in the whole set: shards then give what one pass over all would. @default 0 */
  readonly firstRow?: number;
  /** Augmented images for each given one. @default 1 */
  readonly copies?: number;
}

/**
 * Augments square images: the copies of the first image, then those of the second, and so on. What is drawn for an image
 * depends on the seed, its row and the number of its copy only.
 * @param onProgress is told how many augmented images are done.
 * @throws InvalidDataError when the images are not square.
 */
export function augmentRows(
  images: Matrix<Uint8Array>,
  document: PipelineDocument,
  seed: number,
  { firstRow = 0, copies = 1 }: AugmentRowsOptions = {},
  onProgress: (done: number) => void = () => undefined,
): Matrix<Uint8Array> {
  const area = images.columns;
  const side = Math.round(Math.sqrt(area));
  if (side * side !== area) throw new InvalidDataError(`Images of ${area} pixels are not square. Bring them to 28 x 28 first.`);
  const augment = createAugmenter(document, seed, side);
  const rows = images.rows * copies;
  const data = new Uint8Array(rows * area);
  for (let row = 0, done = 0; row < images.rows; row++) {
    for (let copy = 0; copy < copies; copy++) {
      augment(images.data, row * area, firstRow + row, copy, data, done * area);
      done++;
      if (done % REPORT_EVERY === 0) onProgress(done);
    }
  }
  onProgress(rows);
  return { rows, columns: area, data };
}
