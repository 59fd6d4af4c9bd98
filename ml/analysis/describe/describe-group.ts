import { MEASURE_NAMES, type GroupDescription, type IntensityStatistics, type MeasureName, type Spread } from '../../../shared/analysis/data-description.js';
import { lightOf } from './light.js';
import type { GroupSums, MeasureValues } from './measure-images.js';
import { encodePixels, meanImage, varianceImage } from './mean-images.js';
import { rounded } from '../../rounded.js';
import { spreadOf } from './spread-of.js';

/**
 * Describes a group of at least one image.
 * @param rows which of the values are the group's; all when absent.
 * @param total images in the split, of which the group's share is taken.
 */
export function describeGroup(sums: GroupSums, values: MeasureValues, total: number, rows?: Uint32Array): GroupDescription {
  const measures = Object.fromEntries(MEASURE_NAMES.map((name) => [name, spreadOf(valuesAt(values[name], rows))])) as Record<MeasureName, Spread>;
  return {
    count: sums.count,
    share: rounded(sums.count / total),
    intensity: intensityOf(sums),
    measures,
    meanPixels: encodePixels(meanImage(sums), 1),
    variancePixels: encodePixels(varianceImage(sums), 0.25),
  };
}

/** The values in some rows. */
export function valuesAt(values: Float32Array, rows?: Uint32Array): Float32Array {
  if (!rows) return values;
  const picked = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
  return picked;
}

function intensityOf({ histogram, sums, count }: GroupSums): IntensityStatistics {
  const { brightness, contrast, minimum, median, maximum, skewness, kurtosis, entropy } = lightOf(histogram, count * sums.length);
  return {
    mean: rounded(brightness), sd: rounded(contrast), min: rounded(minimum), median: rounded(median), max: rounded(maximum),
    skewness: rounded(skewness), kurtosis: rounded(kurtosis), entropy: rounded(entropy),
  };
}
