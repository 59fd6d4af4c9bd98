import type { GrayImage } from '../family.js';
import { gaussianBlur, gaussianKernel } from './gaussian-blur.js';

/** Steps within an octave: the scale doubles after so many (Lowe's s). */
export const STEPS = 3;
/** Standard deviation of the first plane of an octave, in its own pixels. */
export const FIRST_SIGMA = 1.6;

const CAMERA_SIGMA = 0.5; // the blur that any picture has already, in its own pixels
const LEAST_SIDE = 8; // an octave of fewer pixels has hardly any that are not at the border

/** Blurred planes of one size and their differences. */
export interface Octave {
  readonly width: number;
  readonly height: number;
  /** Pixels of the image between two samples. */
  readonly pitch: number;
  /** Where sample 0 lies in the image, on both axes (pixel centres are whole numbers). */
  readonly origin: number;
  /** STEPS + 3 planes; plane i has the standard deviation FIRST_SIGMA * 2^(i / STEPS) samples. */
  readonly gaussians: readonly Float64Array[];
  /** Differences of neighbouring planes, STEPS + 2 of them. */
  readonly differences: readonly Float64Array[];
}

/** The scale space of an image, kept from one image to the next. */
export interface ScaleSpace {
  readonly octaves: readonly Octave[];
  /** Computes all planes of an image of the size that the space was made for. */
  fill(image: GrayImage): void;
}

/**
 * A difference-of-Gaussians scale space (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 2004,
 * sections 3 and 3.3) that begins with the image at twice its size, by linear interpolation.
 *
 * A side of n pixels is sampled at 2n + 1 points from half a pixel outside to half a pixel outside (2n - 1 from first to last
 * pixel where n is odd), and an octave takes every second sample of the one before while that leaves both ends in: so a
 * turned or mirrored image has the turned or mirrored space.
 */
export function createScaleSpace(width: number, height: number): ScaleSpace {
  const even = width % 2 === 0 && height % 2 === 0;
  const samples = (side: number): number => (even ? 2 * side + 1 : 2 * side - 1);
  const octaves: Octave[] = [];
  let size = { width: samples(width), height: samples(height), pitch: 0.5, origin: even ? -0.5 : 0 };
  while (Math.min(size.width, size.height) >= LEAST_SIDE || octaves.length === 0) {
    const planes = (count: number): Float64Array[] => Array.from({ length: count }, () => new Float64Array(size.width * size.height));
    octaves.push({ ...size, gaussians: planes(STEPS + 3), differences: planes(STEPS + 2) });
    if (size.width % 2 === 0 || size.height % 2 === 0) break;
    size = { ...size, width: (size.width + 1) / 2, height: (size.height + 1) / 2, pitch: 2 * size.pitch };
  }
  const scratch = new Float64Array(octaves[0].width * octaves[0].height);
  const first = gaussianKernel(Math.sqrt(FIRST_SIGMA ** 2 - (2 * CAMERA_SIGMA) ** 2));
  const kernels = Array.from({ length: STEPS + 2 }, (_, i) => gaussianKernel(sigmaOf(i) * Math.sqrt(2 ** (2 / STEPS) - 1)));
  return {
    octaves,
    fill(image) {
      octaves.forEach((octave, o) => {
        const { gaussians: [base], differences, gaussians } = octave;
        if (o === 0) {
          doubled(image, octave, base);
          gaussianBlur(base, base, octave, first, scratch);
        } else {
          everySecond(octaves[o - 1], octave, base);
        }
        for (let i = 1; i < gaussians.length; i++) {
          gaussianBlur(gaussians[i - 1], gaussians[i], octave, kernels[i - 1], scratch);
          const [lower, upper, difference] = [gaussians[i - 1], gaussians[i], differences[i - 1]];
          for (let at = 0; at < difference.length; at++) difference[at] = upper[at] - lower[at];
        }
      });
    },
  };
}

/** The standard deviation of plane `i` of an octave in its samples; `i` may lie between two planes. */
export function sigmaOf(i: number): number {
  return FIRST_SIGMA * 2 ** (i / STEPS);
}

/** Brightness in [0, 1] at every half pixel. */
function doubled({ width, height, pixels }: GrayImage, { width: columns, height: rows, origin, pitch }: Octave, out: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    const y = origin + row * pitch;
    const above = Math.max(0, Math.floor(y)) * width;
    const below = Math.min(height - 1, Math.ceil(y)) * width;
    for (let column = 0; column < columns; column++) {
      const x = origin + column * pitch;
      const left = Math.max(0, Math.floor(x));
      const right = Math.min(width - 1, Math.ceil(x));
      out[row * columns + column] = (pixels[above + left] + pixels[above + right] + pixels[below + left] + pixels[below + right]) / 1020;
    }
  }
}

/** The plane of twice the first standard deviation, at every second sample. */
function everySecond(below: Octave, { width, height }: Octave, out: Float64Array): void {
  const from = below.gaussians[STEPS];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[y * width + x] = from[2 * y * below.width + 2 * x];
  }
}
