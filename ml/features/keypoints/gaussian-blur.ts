const REACH = 4; // standard deviations: what lies further out weighs less than 1e-4

/** Half of a Gaussian kernel, from its middle on; the whole kernel sums to 1. @param sigma in pixels. */
export function gaussianKernel(sigma: number): Float64Array {
  const kernel = Float64Array.from({ length: Math.ceil(REACH * sigma) + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + 2 * weight, -kernel[0]);
  return kernel.map((weight) => weight / sum);
}

/**
 * Blurs a plane with a symmetric kernel, rows first, then columns; beyond its border a plane goes on with its last pixels.
 * Pixels at equal distance are added before they are weighted, so that a mirrored plane gives the mirrored result exactly.
 * @param kernel half of it, from its middle on.
 * @param scratch as large as the plane; `to` may be `from`.
 */
export function gaussianBlur(from: Float64Array, to: Float64Array, size: { readonly width: number; readonly height: number }, kernel: Float64Array, scratch: Float64Array): void {
  const { width, height } = size;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      let sum = kernel[0] * from[row + x];
      const inside = Math.min(x, width - 1 - x, kernel.length - 1);
      for (let k = 1; k <= inside; k++) sum += kernel[k] * (from[row + x - k] + from[row + x + k]);
      for (let k = inside + 1; k < kernel.length; k++) sum += kernel[k] * (from[row + Math.max(0, x - k)] + from[row + Math.min(width - 1, x + k)]);
      scratch[row + x] = sum;
    }
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) to[row + x] = kernel[0] * scratch[row + x];
    for (let k = 1; k < kernel.length; k++) {
      const above = Math.max(0, y - k) * width;
      const below = Math.min(height - 1, y + k) * width;
      const weight = kernel[k];
      for (let x = 0; x < width; x++) to[row + x] += weight * (scratch[above + x] + scratch[below + x]);
    }
  }
}
