import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';

const REPORT_EVERY = 512;

/**
 * The F statistic of a one-way analysis of variance of each column over the classes: variance between class means over variance within
 * classes (scikit-learn's `f_classif`). 0 for a constant column; `Number.MAX_VALUE` where the classes differ and do not vary within.
 * Sums are taken in float64 from the first row's values, so that a large mean does not cancel.
 * @throws InvalidDataError for fewer than two classes, no more rows than classes, or numbers that are not finite.
 */
export function anovaF({ rows, columns, data }: Matrix, labels: Uint8Array, working: () => void = () => {}): Float64Array {
  const counts = new Float64Array(CLASSES);
  const sums = new Float64Array(CLASSES * columns);
  const squares = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    if (row % REPORT_EVERY === 0) working();
    counts[labels[row]]++;
    for (let j = 0, s = labels[row] * columns; j < columns; j++, i++, s++) {
      const value = data[i] - data[j];
      sums[s] += value;
      squares[j] += value * value;
    }
  }
  const classes = counts.reduce((present, count) => present + (count > 0 ? 1 : 0), 0);
  if (classes < 2 || rows <= classes) throw new InvalidDataError(`ANOVA: ${rows} rows of ${classes} classes; expected two classes and more rows than classes.`);
  return squares.map((square, j) => {
    if (!Number.isFinite(square)) throw new InvalidDataError(`Column ${j} holds NaN or an infinity; expected finite numbers. Look at the features that made it.`);
    let total = 0;
    let ofClasses = 0;
    for (let k = 0; k < CLASSES; k++) {
      total += sums[k * columns + j];
      if (counts[k] > 0) ofClasses += sums[k * columns + j] ** 2 / counts[k];
    }
    const between = (ofClasses - total ** 2 / rows) / (classes - 1);
    const within = (square - ofClasses) / (rows - classes);
    if (within > 1e-14 * square) return Math.max(0, between / within);
    return between > 0 ? Number.MAX_VALUE : 0;
  });
}
