import type { GrayImage } from '../family.js';

/** Weights of the blur before the gradients: a Gaussian of standard deviation 1 over 5 pixels, in 256ths, as OpenCV rounds it. */
const BLUR = [14, 62, 104, 62, 14];
/** Gradient lengths (3 x 3 Sobel, up to 1,442): an edge begins where one exceeds HIGH, and goes on while they exceed LOW. */
export const LOW = 100;
export const HIGH = 200;

const TAN_22 = Math.floor(Math.SQRT2 * 32_768 - 32_768 + 0.5); // tan(22.5 degrees) in 32768ths
const EDGE = 255;

/** Finds the edges of images of one size. */
export interface EdgeFinder {
  /** Writes the map of edges, 255 on an edge and 0 elsewhere, at `out[offset]`. Allocates nothing. */
  find(image: GrayImage, out: Uint8Array, offset: number): void;
}

/**
 * Canny's edges (IEEE PAMI 1986): Gaussian blur, Sobel gradients, only the longest gradient across an edge kept, then
 * hysteresis. Equal to OpenCV's `Canny(GaussianBlur(image, (5, 5), 1), 100, 200, L2gradient=True)`.
 */
export function createEdgeFinder(width: number, height: number): EdgeFinder {
  const area = width * height;
  const [rows, blurred, dx, dy] = [new Int32Array(area), new Int32Array(area), new Int32Array(area), new Int32Array(area)];
  const lengths = new Int32Array((width + 2) * (height + 2)); // squared; a frame of zeros around them
  const stack = new Int32Array(area);
  return {
    find({ pixels }, out, offset) {
      blur(pixels, { width, height }, rows, blurred);
      sobel(blurred, { width, height }, dx, dy);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) lengths[(y + 1) * (width + 2) + x + 1] = dx[y * width + x] ** 2 + dy[y * width + x] ** 2;
      }
      // 1: may be an edge; 255: is one
      let stacked = 0;
      for (let i = 0; i < area; i++) {
        out[offset + i] = 0;
        const at = (Math.floor(i / width) + 1) * (width + 2) + (i % width) + 1;
        if (lengths[at] <= LOW * LOW || !isRidge(lengths, width + 2, at, dx[i], dy[i])) continue;
        out[offset + i] = 1;
        if (lengths[at] <= HIGH * HIGH) continue;
        out[offset + i] = EDGE;
        stack[stacked++] = i;
      }
      while (stacked > 0) {
        const i = stack[--stacked];
        const [x, y] = [i % width, Math.floor(i / width)];
        for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
          for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
            const next = row * width + column;
            if (out[offset + next] !== 1) continue;
            out[offset + next] = EDGE;
            stack[stacked++] = next;
          }
        }
      }
      for (let i = offset; i < offset + area; i++) if (out[i] === 1) out[i] = 0;
    },
  };
}

/** Whether a gradient is longer than those before and behind it; of two equal ones the first counts. */
function isRidge(lengths: Int32Array, stride: number, at: number, dx: number, dy: number): boolean {
  const length = lengths[at];
  const across = Math.abs(dx) * TAN_22;
  const down = Math.abs(dy) * 32_768;
  if (down < across) return length > lengths[at - 1] && length >= lengths[at + 1];
  if (down > across + Math.abs(dx) * 65_536) return length > lengths[at - stride] && length >= lengths[at + stride];
  const lean = (dx < 0) === (dy < 0) ? 1 : -1;
  return length > lengths[at - stride - lean] && length > lengths[at + stride + lean];
}

type Size = { readonly width: number; readonly height: number };

/** In whole numbers, rounded once; beyond the border the image is mirrored at its last pixel. */
function blur(pixels: Uint8Array, { width, height }: Size, rows: Int32Array, out: Int32Array): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) sum += BLUR[k + 2] * pixels[y * width + mirrored(x + k, width)];
      rows[y * width + x] = sum;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 32_768;
      for (let k = -2; k <= 2; k++) sum += BLUR[k + 2] * rows[mirrored(y + k, height) * width + x];
      out[y * width + x] = sum >> 16;
    }
  }
}

function mirrored(i: number, side: number): number {
  if (side === 1) return 0;
  const inside = Math.abs(i) % (2 * side - 2);
  return inside < side ? inside : 2 * side - 2 - inside;
}

/** Beyond the border the image goes on with its last pixels. */
function sobel(pixels: Int32Array, { width, height }: Size, dx: Int32Array, dy: Int32Array): void {
  for (let y = 0; y < height; y++) {
    const [above, here, below] = [Math.max(0, y - 1) * width, y * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      dx[here + x] = pixels[above + right] - pixels[above + left] + 2 * (pixels[here + right] - pixels[here + left]) + pixels[below + right] - pixels[below + left];
      dy[here + x] = pixels[below + left] - pixels[above + left] + 2 * (pixels[below + x] - pixels[above + x]) + pixels[below + right] - pixels[above + right];
    }
  }
}
