import { FRACTION_BITS, WARP_NUMBERS, warpKernel } from './warp-kernel.js';

const MARGIN = 1; // blank pixels before the picture; after it are two, for the right and lower neighbours
const ONE = 2 ** FRACTION_BITS;

/** Where every output pixel is taken from, and the memory to do it in, for square images of one size. */
export interface Warp {
  /** Displacements in pixels (to the right, down): zero until they are written. */
  readonly right: Float32Array;
  readonly down: Float32Array;
  /** What the last call of `sample` made. */
  readonly pixels: Uint8Array;
  /**
   * Samples the image that begins at `offset`: output pixel p is what stands at `inverse` (a homography about the centre)
   * of p plus its displacement. Bilinear, blank outside, rounded to the nearest value.
   */
  sample(images: Uint8Array, offset: number, inverse: Float64Array): void;
}

/**
 * A warp on WebAssembly SIMD. Positions are kept to 1 / 2048 pixel (OpenCV: 1 / 32). A map that moves nothing gives the
 * image back bit for bit.
 */
export function createWarp(side: number): Warp {
  const area = side * side;
  const count = Math.ceil(area / 4) * 4;
  const stride = side + MARGIN + 2;
  const sizes = { across: 4 * count, along: 4 * count, right: 4 * count, down: 4 * count, numbers: 4 * WARP_NUMBERS.length, pixels: count };
  let used = 0;
  const placed = (bytes: number): number => (used += bytes) - bytes;
  const layout = {
    across: placed(sizes.across), along: placed(sizes.along), right: placed(sizes.right), down: placed(sizes.down),
    numbers: placed(sizes.numbers), pixels: placed(sizes.pixels), framed: placed(stride * stride), stride, count,
  };
  const { memory, warp } = warpKernel(used, layout);
  const framed = new Uint8Array(memory, layout.framed, stride * stride);
  const numbers = new Float32Array(memory, layout.numbers, WARP_NUMBERS.length);
  const centre = (side - 1) / 2;
  new Float32Array(memory, layout.across, area).forEach((_, i, across) => { across[i] = (i % side) - centre; });
  new Float32Array(memory, layout.along, area).forEach((_, i, along) => { along[i] = Math.floor(i / side) - centre; });
  numbers[WARP_NUMBERS.nearest] = 1e-6; // behind the eye there is nothing to see: this far off, all is blank
  numbers[WARP_NUMBERS.unit] = ONE;
  numbers[WARP_NUMBERS.origin] = (centre + MARGIN) * ONE + 0.5; // the half rounds
  numbers[WARP_NUMBERS.largest] = (side + MARGIN) * ONE; // positions further out are as blank as the margin

  return {
    right: new Float32Array(memory, layout.right, area),
    down: new Float32Array(memory, layout.down, area),
    pixels: new Uint8Array(memory, layout.pixels, area),

    sample(images, offset, inverse) {
      numbers.set(inverse);
      for (let y = 0, from = offset, to = MARGIN * stride + MARGIN; y < side; y++, to += stride - side) {
        for (let x = 0; x < side; x++) framed[to++] = images[from++];
      }
      warp();
    },
  };
}
