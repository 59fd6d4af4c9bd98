import type { SplitName } from '../../shared/dataset.js';
import { MNIST_SIDE } from '../image/to-mnist-form.js';
import { CLASSES } from '../models/model.js';
import type { Digits, Images, SourceDigits } from './digits.js';
import { hashOrder } from './hash-order.js';
import { splitOffTest } from './split-off-test.js';
import { takeRows } from './take-rows.js';
import { toMnistImages } from './to-mnist-images.js';

/** A data set as the pipeline uses it: 28 x 28, bright ink, ordered, limited. */
export interface Dataset {
  readonly train: Digits;
  /** The last rows of `train` that are for validation: a sixth of them. */
  readonly validationRows: number;
  readonly test: Digits;
  readonly notes: readonly string[];
}

/**
 * Brings a source to the form in which all later steps read it.
 *
 * Rows keep the source's order, unless the last sixth of the training rows (the validation split) would lack a digit that
 * the others show, as in sources sorted by digit: then the training rows are put in hash order.
 * @param limit keeps the first rows of each half, after ordering; 0 keeps all.
 * @param onProgress is told the fraction done of bringing images to the form.
 * @throws InvalidDataError for blank images and for sets too small to split.
 */
export function prepareDataset(
  source: SourceDigits,
  limit: Readonly<Record<SplitName, number>>,
  onProgress: (fraction: number) => void = () => undefined,
): Dataset {
  const notes = [...source.notes];
  const halves = source.test ? { train: source.train, test: source.test } : splitOffTest(source.train, 'source');
  if (!source.test) notes.push(`The source names no test images: ${halves.test.rows} of ${source.train.rows}, a seventh of each digit, were set apart.`);
  const trainPart = halves.train.rows / (halves.train.rows + halves.test.rows);
  const train = ordered(inForm(halves.train, 'train', notes, (fraction) => onProgress(trainPart * fraction)), notes);
  const test = inForm(halves.test, 'test', notes, (fraction) => onProgress(trainPart + (1 - trainPart) * fraction));
  const kept = { train: firstRows(train, limit.train), test: firstRows(test, limit.test) };
  const validationRows = validationRowsOf(kept.train.rows);
  const lacking = missingFrom(kept.train.labels.subarray(kept.train.rows - validationRows));
  if (lacking.length > 0) notes.push(`The validation split of ${validationRows} images shows no ${lacking.join(', ')}.`);
  return { ...kept, validationRows, notes };
}

/** The fixed validation split: the last sixth of the training rows, 10,000 of MNIST's 60,000. */
function validationRowsOf(rows: number): number {
  return Math.floor(rows / 6);
}

function inForm(digits: Digits, half: SplitName, notes: string[], onProgress: (fraction: number) => void): Digits {
  const { width, height } = digits;
  const images: Images = toMnistImages(digits, half, onProgress);
  if (width !== MNIST_SIDE || height !== MNIST_SIDE) {
    notes.push(`The ${half} images of ${width} x ${height} pixels were brought to MNIST's form: cropped, scaled and centred in 28 x 28.`);
  } else if (images !== digits) notes.push(`The ${half} images had dark ink on a bright ground and were inverted.`);
  return { ...images, labels: digits.labels };
}

function ordered(train: Digits, notes: string[]): Digits {
  const validation = train.labels.subarray(train.rows - validationRowsOf(train.rows));
  const absent = new Set(missingFrom(train.labels));
  if (missingFrom(validation).every((label) => absent.has(label))) return train;
  notes.push('The last sixth of the training images does not show every digit: the training images were put in the order of their SHA-256.');
  return takeRows(train, hashOrder(train));
}

function missingFrom(labels: Uint8Array): number[] {
  const present = new Set(labels);
  return Array.from({ length: CLASSES }, (_, label) => label).filter((label) => !present.has(label));
}

function firstRows(digits: Digits, limit: number): Digits {
  if (limit === 0 || limit >= digits.rows) return digits;
  const pixels = digits.pixels.subarray(0, limit * digits.height * digits.width);
  return { ...digits, rows: limit, pixels, labels: digits.labels.subarray(0, limit) };
}
