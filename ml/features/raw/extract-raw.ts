import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import type { Images } from '../../data/digits.js';
import type { FeatureTable } from '../feature-table.js';
import { RAW_FAMILIES } from './raw-families.js';

const MAX_SIDE = 128; // the cost of a Fourier transform grows with the third power

/**
 * The numbers of raw families for images of one size, in double precision. Column `hog.12` is the family's number 12.
 * @throws InvalidConfigError for a family that has no raw definition, InvalidDataError for images beyond 128 x 128.
 */
export function extractRaw({ rows, width, height, pixels }: Images, names: readonly string[]): FeatureTable {
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw new InvalidDataError(`The images have ${width} x ${height} pixels; raw features are for at most ${MAX_SIDE} x ${MAX_SIDE}. Scale them down.`);
  }
  const area = width * height;
  const image = { width, height, pixels: new Uint8Array(area) };
  const families = names.map((name) => {
    const family = RAW_FAMILIES.find((candidate) => candidate.name === name);
    if (!family) throw new InvalidConfigError(`Unknown raw feature family '${name}'; expected one of ${RAW_FAMILIES.map((one) => one.name).join(', ')}.`);
    const length = family.length(width, height);
    const data = new Float64Array(rows * length);
    for (let row = 0; row < rows; row++) {
      image.pixels.set(pixels.subarray(row * area, (row + 1) * area));
      family.extract(image, data, row * length);
    }
    return { name, columns: Array.from({ length }, (_, i) => `${name}.${i}`), data };
  });
  return { rows, families };
}
