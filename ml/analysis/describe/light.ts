/** How bright the pixels of an image are; see measures.ts. Brightness in [0, 1], entropy in bits. */
export interface Light {
  brightness: number;
  contrast: number;
  minimum: number;
  median: number;
  maximum: number;
  sparsity: number;
  ink: number;
  entropy: number;
  skewness: number;
  kurtosis: number;
}

const found: Light = { brightness: 0, contrast: 0, minimum: 0, median: 0, maximum: 0, sparsity: 0, ink: 0, entropy: 0, skewness: 0, kurtosis: 0 };

/**
 * Statistics of brightness from a histogram of the 256 levels; counts may be of one image or of many. Moments are taken about
 * the mean, in double precision. The answer is valid until the next call.
 */
export function lightOf(histogram: Float64Array | Uint32Array, count: number): Light {
  let sum = 0, ink = 0, bits = 0, darkest = -1, brightest = 0;
  for (let level = 0; level < 256; level++) {
    const n = histogram[level];
    if (n === 0) continue;
    sum += n * level;
    if (level > 127) ink += n;
    bits -= n * Math.log2(n / count);
    if (darkest < 0) darkest = level;
    brightest = level;
  }
  const mean = sum / count;
  let second = 0, third = 0, fourth = 0;
  for (let level = darkest; level <= brightest; level++) {
    const n = histogram[level];
    if (n === 0) continue;
    const far = level - mean, square = far * far;
    second += n * square;
    third += n * square * far;
    fourth += n * square * square;
  }
  const variance = second / count, deviation = Math.sqrt(variance);
  const flat = darkest === brightest;
  found.brightness = mean / 255;
  found.contrast = deviation / 255;
  found.minimum = darkest / 255;
  found.median = medianOf(histogram, count) / 255;
  found.maximum = brightest / 255;
  found.sparsity = histogram[0] / count;
  found.ink = ink / count;
  found.entropy = flat ? 0 : bits / count;
  found.skewness = flat ? 0 : third / count / (variance * deviation);
  found.kurtosis = flat ? 0 : fourth / count / (variance * variance) - 3;
  return found;
}

/** The middle level, or the mean of the two in the middle. */
function medianOf(histogram: Float64Array | Uint32Array, count: number): number {
  const lower = levelAt(histogram, Math.floor((count - 1) / 2));
  return (lower + levelAt(histogram, Math.floor(count / 2))) / 2;
}

/** The level of the pixel in a place (from 0) when all are sorted by brightness. */
function levelAt(histogram: Float64Array | Uint32Array, place: number): number {
  let level = 0;
  for (let seen = histogram[0]; seen <= place; seen += histogram[level]) level++;
  return level;
}
