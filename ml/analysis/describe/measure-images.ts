import { MEASURE_NAMES, type MeasureName } from '../../../shared/analysis/data-description.js';
import type { Images } from '../../data/decode-images.js';
import { lightOf } from './light.js';
import { partsOf } from './parts.js';
import { placeOf } from './place.js';
import { slopesOf } from './slopes.js';

/** One value an image, in row order, by measure. */
export type MeasureValues = Readonly<Record<MeasureName, Float32Array>>;

/** Sums over the images of a group, from which their pooled statistics and mean images follow. */
export interface GroupSums {
  count: number;
  /** Pixels by level, all images together. */
  readonly histogram: Float64Array;
  /** Of each pixel, levels 0..255. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** What one pass over images gives. */
export interface MeasuredImages {
  readonly values: MeasureValues;
  /** By group. */
  readonly groups: readonly GroupSums[];
}

/** Rows between two calls of `onProgress`: some milliseconds of work. */
const REPORT_EVERY = 500;

/**
 * Measures every image (MEASURES) and sums up each group, in one pass that allocates nothing an image.
 * @param groupOf the group of each row (a label); all in group 0 when absent.
 * @param groups how many groups there are.
 * @param onProgress is told how many images are done.
 */
export function measureImages(
  { pixels: { rows, columns: area, data }, width, height }: Images,
  groupOf: Uint8Array | undefined,
  groups: number,
  onProgress: (done: number) => void = () => undefined,
): MeasuredImages {
  const values = Object.fromEntries(MEASURE_NAMES.map((name) => [name, new Float32Array(rows)])) as unknown as MeasureValues;
  const sums = Array.from({ length: groups }, () => emptySums(area));
  const histogram = new Uint32Array(256);
  const size = { width, height };
  for (let row = 0; row < rows; row++) {
    const group = sums[groupOf ? groupOf[row] : 0];
    const offset = row * area;
    add(data, offset, group, histogram.fill(0));
    const light = lightOf(histogram, area);
    values.brightness[row] = light.brightness;
    values.contrast[row] = light.contrast;
    values.minimum[row] = light.minimum;
    values.median[row] = light.median;
    values.maximum[row] = light.maximum;
    values.sparsity[row] = light.sparsity;
    values.ink[row] = light.ink;
    values.entropy[row] = light.entropy;
    values.skewness[row] = light.skewness;
    values.kurtosis[row] = light.kurtosis;
    const darkest = Math.round(light.minimum * 255), brightest = Math.round(light.maximum * 255);
    const slopes = slopesOf(data, offset, size, darkest, brightest);
    values.edges[row] = slopes.edges;
    values.strokeWidth[row] = slopes.strokeWidth;
    values.sharpness[row] = slopes.sharpness;
    const place = placeOf(data, offset, size);
    values.centreX[row] = place.centreX;
    values.centreY[row] = place.centreY;
    values.spread[row] = place.spread;
    values.boxWidth[row] = place.boxWidth;
    values.boxHeight[row] = place.boxHeight;
    values.frameInk[row] = place.frameInk;
    const parts = partsOf(data, offset, size, darkest, brightest);
    values.inkGap[row] = parts.inkGap;
    values.largestPart[row] = parts.largestPart;
    values.strayLight[row] = parts.strayLight;
    if ((row + 1) % REPORT_EVERY === 0) onProgress(row + 1);
  }
  onProgress(rows);
  return { values, groups: sums };
}

/** The sums of several groups taken together. */
export function joinSums(groups: readonly GroupSums[]): GroupSums {
  const all = emptySums(groups[0].sums.length);
  for (const { count, histogram, sums, squares } of groups) {
    all.count += count;
    for (let level = 0; level < 256; level++) all.histogram[level] += histogram[level];
    for (let i = 0; i < sums.length; i++) {
      all.sums[i] += sums[i];
      all.squares[i] += squares[i];
    }
  }
  return all;
}

function emptySums(area: number): GroupSums {
  return { count: 0, histogram: new Float64Array(256), sums: new Float64Array(area), squares: new Float64Array(area) };
}

function add(data: Uint8Array, offset: number, group: GroupSums, histogram: Uint32Array): void {
  const { sums, squares } = group;
  const area = sums.length;
  let lit = 0;
  for (let i = 0, at = offset; i < area; i++, at++) {
    const value = data[at];
    if (value === 0) continue;
    lit++;
    histogram[value]++;
    sums[i] += value;
    squares[i] += value * value;
  }
  histogram[0] = area - lit;
  group.count++;
  for (let level = 0; level < 256; level++) group.histogram[level] += histogram[level];
}
