import type { Images } from '../../data/digits.js';
import { createEdgeFinder } from './canny.js';

const REPORT_EVERY = 500;

/**
 * The edge map of every image, [rows, height, width], 255 on an edge and 0 elsewhere; see {@link createEdgeFinder}.
 * @param onProgress is told how many images are done.
 */
export function extractEdges({ rows, width, height, pixels }: Images, onProgress: (done: number) => void = () => undefined): Uint8Array {
  const area = width * height;
  const finder = createEdgeFinder(width, height);
  const image = { width, height, pixels: new Uint8Array(area) };
  const edges = new Uint8Array(rows * area);
  for (let row = 0; row < rows; row++) {
    image.pixels.set(pixels.subarray(row * area, (row + 1) * area));
    finder.find(image, edges, row * area);
    if ((row + 1) % REPORT_EVERY === 0) onProgress(row + 1);
  }
  onProgress(rows);
  return edges;
}
