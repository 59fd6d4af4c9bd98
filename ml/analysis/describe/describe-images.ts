import { QUALITY_PARTS, type DataDescription, type DigitDescription, type ExampleImage, type QualityPart, type Spread } from '../../../shared/analysis/data-description.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import type { Images } from '../../data/decode-images.js';
import { imageBase64 } from '../../data/image-base64.js';
import { CLASSES } from '../../models/model.js';
import { qualityReference, scoreQuality, type QualityScores } from '../quality/score-quality.js';
import { describeGroup, valuesAt } from './describe-group.js';
import { joinSums, measureImages, type GroupSums } from './measure-images.js';
import { oddnessOf } from './oddness.js';
import { spreadOf } from './spread-of.js';

/** The images of a data set. Labels of the test images are not asked for. */
export interface DescribedData {
  readonly train: Images;
  readonly labels: Uint8Array;
  readonly test: Images;
  /** The last training rows, which do not enter what is usual for quality. */
  readonly validationRows: number;
}

/** The description, and what later steps and notebooks can use. */
export interface Described {
  readonly description: DataDescription;
  /** Of the training images, in [0, 1]. */
  readonly quality: Float32Array;
  /** Sums of the training images by label (0..9), of all of them, and of the test images. */
  readonly sums: { readonly digits: readonly GroupSums[]; readonly train: GroupSums; readonly test: GroupSums };
}

const BINS = 50;
const BEST_SHOWN = 3;
const WORST_SHOWN = 9;
const OUTLIERS_SHOWN = 12;
/** Parts of the work, by the time they take. */
const MEASURED = 0.3, OUTLIERS = 0.65;

/**
 * Describes the training images by digit and together, and the test images together: statistics, quality, outliers.
 * @param onProgress is told the fraction done.
 * @throws InvalidDataError when a split is empty or labels and images differ in number.
 * @throws InvalidConfigError when no training row is left before the validation rows.
 */
export function describeImages({ train, labels, test, validationRows }: DescribedData, onProgress: (fraction: number) => void = () => undefined): Described {
  const { rows } = train.pixels;
  if (rows === 0 || test.pixels.rows === 0) throw new InvalidDataError(`Got ${rows} training and ${test.pixels.rows} test images to describe, expected at least one of each.`);
  if (labels.length !== rows) throw new InvalidDataError(`Got ${labels.length} labels for ${rows} training images, expected one each.`);
  if (!Number.isInteger(validationRows) || validationRows < 0 || validationRows >= rows) {
    throw new InvalidConfigError(`validationRows: got ${validationRows}, expected a whole number from 0 to less than the ${rows} training images.`);
  }
  const total = rows + test.pixels.rows;
  const measured = measureImages(train, labels, CLASSES, (done) => onProgress((MEASURED * done) / total));
  const others = measureImages(test, undefined, 1, (done) => onProgress((MEASURED * (rows + done)) / total));
  const reference = qualityReference(measured.values, rows - validationRows);
  const quality = scoreQuality(measured.values, reference, Math.max(train.width, train.height));
  const everything = joinSums(measured.groups);

  const rowsOf = rowsByDigit(labels);
  const digits: DigitDescription[] = [];
  rowsOf.forEach((own, digit) => {
    if (own.length === 0) return;
    const group = describeGroup(measured.groups[digit], measured.values, rows, own);
    digits.push({ digit, ...group, ...shownOf(train, own, quality) });
    onProgress(MEASURED + (OUTLIERS * (digit + 1)) / CLASSES);
  });
  const description: DataDescription = {
    kind: 'data-description', width: train.width, height: train.height,
    train: describeGroup(everything, measured.values, rows),
    test: describeGroup(others.groups[0], others.values, test.pixels.rows),
    digits,
    quality: {
      reference, score: spreadOf(quality.score), histogram: histogramOf(quality.score),
      parts: Object.fromEntries(QUALITY_PARTS.map((part) => [part, spreadOf(quality.parts[part])])) as Record<QualityPart, Spread>,
    },
  };
  onProgress(1);
  return { description, quality: quality.score, sums: { digits: measured.groups, train: everything, test: others.groups[0] } };
}

function rowsByDigit(labels: Uint8Array): Uint32Array[] {
  return Array.from({ length: CLASSES }, (_, digit) => Uint32Array.from(labels.keys()).filter((row) => labels[row] === digit));
}

function shownOf(images: Images, rows: Uint32Array, { score, parts }: QualityScores): Pick<DigitDescription, 'quality' | 'best' | 'worst' | 'outliers'> {
  const own = valuesAt(score, rows);
  const byQuality = ranked(own);
  const oddness = oddnessOf(images, rows);
  const example = (value: number, row: number): ExampleImage => ({ row, score: Number(value.toFixed(4)), pixels: imageBase64(images, row) });
  return {
    quality: spreadOf(own),
    best: byQuality.slice(0, BEST_SHOWN).map((i) => example(own[i], rows[i])),
    worst: byQuality.slice(-WORST_SHOWN).reverse().map((i) => ({ ...example(own[i], rows[i]), weakest: weakestOf(parts, rows[i]) })),
    outliers: ranked(oddness).slice(0, OUTLIERS_SHOWN).map((i) => example(oddness[i], rows[i])),
  };
}

/** Places by value, largest first; the earlier one first among equals. */
function ranked(values: Float32Array): number[] {
  return Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
}

function weakestOf(parts: QualityScores['parts'], row: number): QualityPart {
  return QUALITY_PARTS.reduce((weakest, part) => (parts[part][row] < parts[weakest][row] ? part : weakest));
}

function histogramOf(score: Float32Array): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of score) counts[Math.min(BINS - 1, Math.floor(value * BINS))]++;
  return counts;
}
