/** How steep an image is; see measures.ts. */
export interface Slopes {
  /** Share of pixels on an edge. */
  edges: number;
  /** In pixels. */
  strokeWidth: number;
  sharpness: number;
}

/** A slope from which a pixel counts as edge: an eighth of full brightness per pixel. */
const EDGE = 255 / 8;
const EDGE_SQUARED = (8 * EDGE) ** 2;

const found: Slopes = { edges: 0, strokeWidth: 0, sharpness: 0 };
let padded = new Float64Array(0);

/**
 * Slopes by Sobel's 3 x 3 operators; beyond the frame the outermost pixels go on. The answer is valid until the next call.
 * @param image width x height levels from `offset` on, of which `darkest` and `brightest` are known.
 */
export function slopesOf(image: Uint8Array, offset: number, size: { readonly width: number; readonly height: number }, darkest: number, brightest: number): Slopes {
  const { width, height } = size;
  const stride = width + 2;
  if (padded.length !== stride * (height + 2)) padded = new Float64Array(stride * (height + 2));
  const mass = pad(image, offset, width, height, stride) - darkest * width * height;
  let edges = 0, sum = 0, squares = 0;
  for (let y = 0; y < height; y++) {
    let at = (y + 1) * stride + 1;
    // Columns of three, weighted 1 2 1 (for x) and 1 0 -1 (for y), slide along the row.
    let a = padded[at - stride - 1] + 2 * padded[at - 1] + padded[at + stride - 1];
    let b = padded[at - stride] + 2 * padded[at] + padded[at + stride];
    let p = padded[at + stride - 1] - padded[at - stride - 1];
    let q = padded[at + stride] - padded[at - stride];
    for (const end = at + width; at < end; at++) {
      const above = padded[at - stride + 1], below = padded[at + stride + 1];
      const c = above + 2 * padded[at + 1] + below;
      const r = below - above;
      const dx = c - a, dy = p + 2 * q + r;
      const square = dx * dx + dy * dy;
      if (square !== 0) {
        sum += Math.sqrt(square);
        squares += square;
        if (square >= EDGE_SQUARED) edges++;
      }
      a = b; b = c; p = q; q = r;
    }
  }
  found.edges = edges / (width * height);
  found.strokeWidth = sum === 0 ? 0 : (16 * mass) / sum;
  found.sharpness = sum === 0 ? 0 : squares / (8 * sum * (brightest - darkest));
  return found;
}

/** @returns the sum of all pixels. */
function pad(image: Uint8Array, offset: number, width: number, height: number, stride: number): number {
  let sum = 0, from = offset;
  for (let y = 1; y <= height; y++) {
    const start = y * stride;
    for (let to = start + 1, end = to + width; to < end; to++) sum += padded[to] = image[from++];
    padded[start] = padded[start + 1];
    padded[start + width + 1] = padded[start + width];
  }
  padded.copyWithin(0, stride, 2 * stride);
  padded.copyWithin((height + 1) * stride, height * stride, (height + 1) * stride);
  return sum;
}
