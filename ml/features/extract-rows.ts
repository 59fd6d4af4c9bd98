import type { Matrix } from '../matrix.js';
import type { FeatureFamily } from './family.js';

/** Rows between two calls of `onProgress`: some milliseconds of work. */
const REPORT_EVERY = 500;

/**
 * The features of every image, one matrix a family, in the order of the families given.
 * @param images rows of width x height pixels, ink bright.
 * @param onProgress is told how many images are done.
 */
export function extractRows(
  images: Matrix<Uint8Array>,
  { width, height }: { readonly width: number; readonly height: number },
  families: readonly FeatureFamily[],
  onProgress: (done: number) => void = () => undefined,
): Matrix<Float32Array>[] {
  const area = width * height;
  const image = { width, height, pixels: new Uint8Array(area) };
  const features = families.map(({ columns: { length } }) => (
    { rows: images.rows, columns: length, data: new Float32Array(images.rows * length) }
  ));
  for (let row = 0; row < images.rows; row++) {
    for (let i = 0, at = row * area; i < area; i++) image.pixels[i] = images.data[at++]; // one buffer for all: a view each would be garbage
    for (let f = 0; f < families.length; f++) families[f].extract(image, features[f].data, row * features[f].columns);
    if ((row + 1) % REPORT_EVERY === 0) onProgress(row + 1);
  }
  onProgress(images.rows);
  return features;
}
