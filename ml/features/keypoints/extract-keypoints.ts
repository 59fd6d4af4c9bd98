import type { Images } from '../../data/digits.js';
import { DESCRIPTOR, describe } from './describe.js';
import { dominantOrientations } from './dominant-orientations.js';
import { findExtrema } from './find-extrema.js';
import { createScaleSpace, sigmaOf } from './scale-space.js';

/** Numbers of a keypoint: x, y, scale, orientation, response. */
export const KEYPOINT = 5;

const REPORT_EVERY = 100;

/** The keypoints of some images, one after the other. */
export interface Keypoints {
  /**
   * [total, 5]: x and y of the keypoint in pixels (the centre of the first pixel is 0, 0), its scale (standard deviation of its
   * Gaussian, in pixels), its orientation (radians in [0, 2 pi) from the x axis towards the y axis, that is clockwise to the
   * eye) and its response (contrast, in [0, 1]).
   */
  readonly keypoints: Float32Array;
  /** [total, 128], each of unit length. */
  readonly descriptors: Float32Array;
  /** [rows + 1]: image i has the keypoints from offsets[i] to offsets[i + 1]. */
  readonly offsets: Int32Array;
}

/**
 * SIFT keypoints and their descriptors (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 2004), with
 * OpenCV's constants, for small images: the space begins at double size and reaches to the borders, where OpenCV leaves five
 * samples out. An image has as many as it has, also none; ordered by octave, scale, row and column.
 * @param onProgress is told how many images are done.
 */
export function extractKeypoints({ rows, width, height, pixels }: Images, onProgress: (done: number) => void = () => undefined): Keypoints {
  const space = createScaleSpace(width, height);
  const area = width * height;
  const image = { width, height, pixels: new Uint8Array(area) };
  const keypoints: number[] = [];
  const descriptors: Float32Array[] = [];
  const histogram = new Float64Array(DESCRIPTOR);
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    image.pixels.set(pixels.subarray(row * area, (row + 1) * area));
    space.fill(image);
    for (const octave of space.octaves) {
      for (const extremum of findExtrema(octave)) {
        const { x, y, plane, offset, response } = extremum;
        for (const orientation of dominantOrientations(octave, extremum)) {
          const place = (sample: number): number => octave.origin + sample * octave.pitch;
          keypoints.push(place(x + offset.x), place(y + offset.y), sigmaOf(plane + offset.plane) * octave.pitch, orientation, response);
          describe(octave, extremum, orientation, histogram);
          descriptors.push(Float32Array.from(histogram));
        }
      }
    }
    offsets[row + 1] = descriptors.length;
    if ((row + 1) % REPORT_EVERY === 0) onProgress(row + 1);
  }
  onProgress(rows);
  const joined = new Float32Array(descriptors.length * DESCRIPTOR);
  descriptors.forEach((descriptor, i) => joined.set(descriptor, i * DESCRIPTOR));
  return { keypoints: Float32Array.from(keypoints), descriptors: joined, offsets };
}
