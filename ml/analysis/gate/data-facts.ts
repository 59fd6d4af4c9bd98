import type { Images } from '../../data/decode-images.js';
import { CLASSES } from '../../models/model.js';
import { countDuplicates } from './count-duplicates.js';

/** What the gate must know of a split. */
export interface SplitFacts {
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Images whose brightest and darkest pixel differ by less than 24 of 255. */
  readonly blank: number;
  /** Different levels that occur, 0 to 256. */
  readonly distinctValues: number;
  /** Mean and population standard deviation over images, in [0, 1]; zeros when there are none. */
  readonly brightness: MeanAndDeviation;
  readonly contrast: MeanAndDeviation;
  readonly ink: MeanAndDeviation;
}

export interface MeanAndDeviation {
  readonly mean: number;
  readonly sd: number;
}

/** What the gate must know of a data set; see {@link collectFacts}. */
export interface DataFacts {
  readonly train: SplitFacts & {
    readonly labels: number;
    /** Labels that are no whole number from 0 to 9. */
    readonly foreignLabels: number;
    /** Labels by digit. */
    readonly digits: readonly number[];
    /** Images that repeat an earlier one pixel by pixel. */
    readonly duplicates: number;
  };
  readonly test: SplitFacts;
}

/** As in toMnistForm: less is taken for an empty page. */
const LEAST_RANGE = 24;
const REPORT_EVERY = 500;

/**
 * Looks at all images once, and at the training labels; any data will do, sound or not.
 * @param onProgress is told how many images are done.
 */
export function collectFacts(train: Images, labels: Uint8Array, test: Images, onProgress: (done: number) => void = () => undefined): DataFacts {
  const digits = new Array<number>(CLASSES).fill(0);
  let foreignLabels = 0;
  for (const label of labels) {
    if (label < CLASSES) digits[label]++;
    else foreignLabels++;
  }
  const own = splitFacts(train, onProgress);
  const other = splitFacts(test, (done) => onProgress(train.pixels.rows + done));
  return { train: { ...own, labels: labels.length, foreignLabels, digits, duplicates: countDuplicates(train.pixels) }, test: other };
}

function splitFacts({ pixels: { rows, columns, data }, width, height }: Images, onProgress: (done: number) => void): SplitFacts {
  const seen = new Uint8Array(256);
  const sums = { brightness: new Sums(), contrast: new Sums(), ink: new Sums() };
  let blank = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0, squares = 0, ink = 0, darkest = 255, brightest = 0;
    for (const end = at + columns; at < end; at++) {
      const value = data[at];
      seen[value] = 1;
      sum += value;
      squares += value * value;
      if (value > 127) ink++;
      if (value < darkest) darkest = value;
      if (value > brightest) brightest = value;
    }
    if (brightest - darkest < LEAST_RANGE) blank++;
    sums.brightness.add(sum / columns / 255);
    sums.contrast.add(Math.sqrt(Math.max(0, squares * columns - sum * sum)) / columns / 255);
    sums.ink.add(ink / columns);
    if ((row + 1) % REPORT_EVERY === 0) onProgress(row + 1);
  }
  return {
    rows, width, height, blank, distinctValues: seen.reduce((count, one) => count + one, 0),
    brightness: sums.brightness.take(rows), contrast: sums.contrast.take(rows), ink: sums.ink.take(rows),
  };
}

class Sums {
  private sum = 0;
  private squares = 0;

  add(value: number): void {
    this.sum += value;
    this.squares += value * value;
  }

  take(count: number): MeanAndDeviation {
    if (count === 0) return { mean: 0, sd: 0 };
    const mean = this.sum / count;
    return { mean, sd: Math.sqrt(Math.max(0, this.squares / count - mean * mean)) };
  }
}
