import type { LabelledMatrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import { CLASSES } from './model.js';

/** Rows and mean of each class; the means of a class without rows are 0. */
export interface ClassMeans {
  /** [10] */
  readonly counts: Float64Array;
  /** [10]: the log of each class's part of the rows; -Infinity where it has none. */
  readonly logPriors: Float64Array;
  /** [10, columns]; pixels count in 0..1. */
  readonly means: Float64Array;
}

/** The means of the classes, in double precision. */
export function classMeans({ x: { rows, columns, data }, labels }: LabelledMatrix): ClassMeans {
  const unit = unitOf({ data });
  const counts = new Float64Array(CLASSES);
  const means = new Float64Array(CLASSES * columns);
  for (let row = 0, i = 0; row < rows; row++) {
    counts[labels[row]]++;
    for (let j = 0, at = labels[row] * columns; j < columns; j++, i++, at++) means[at] += data[i];
  }
  for (let i = 0; i < means.length; i++) means[i] = (means[i] / Math.max(1, counts[Math.floor(i / columns)])) * unit;
  return { counts, means, logPriors: counts.map((count) => Math.log(count / rows)) };
}
