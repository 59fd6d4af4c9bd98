/**
 * Second moments of the rows of a matrix, in whole units: with z = (x - shift) / scale, for each class the number of rows and
 * the sums of z, and over all rows the products z'z. For uint8 pixels z is a whole number, so all of it is exact and what is
 * computed from it is right to float64's last digits, however many rows there are.
 */
export interface Scatter {
  readonly rows: number;
  readonly columns: number;
  /** Rows of each class; a single entry where there were no labels. */
  readonly counts: Float64Array;
  /** [classes, columns]: sums of z. */
  readonly sums: Float64Array;
  /** [columns, columns], symmetric: sums of z z'. */
  readonly products: Float64Array;
  /** [columns], in the units of x (pixels: 0..1). */
  readonly shift: Float64Array;
  /** [columns]; 0 for a constant column that is not of pixels. */
  readonly scale: Float64Array;
}

/** Mean of each column over all rows. */
export function meanOf(scatter: Scatter): Float64Array {
  const totals = totalSums(scatter);
  return totals.map((sum, j) => scatter.shift[j] + (sum / scatter.rows) * scatter.scale[j]);
}

/** [columns, columns]: sums of products of deviations from the mean, over all rows, in the units of x squared. */
export function scatterAroundMean(scatter: Scatter): Float64Array {
  return centred(scatter, [{ sums: totalSums(scatter), count: scatter.rows }]);
}

/** [columns, columns]: sums of products of deviations from the mean of the row's class. */
export function scatterWithinClasses(scatter: Scatter): Float64Array {
  const { counts, sums, columns } = scatter;
  const groups = Array.from(counts, (count, k) => ({ count, sums: sums.subarray(k * columns, (k + 1) * columns) }));
  return centred(scatter, groups.filter(({ count }) => count > 0));
}

/** Means of the classes, [classes, columns]; NaN where a class has no row. */
export function classMeans({ counts, sums, columns, shift, scale }: Scatter): Float64Array {
  return sums.map((sum, i) => shift[i % columns] + (sum / counts[Math.floor(i / columns)]) * scale[i % columns]);
}

function totalSums({ counts, sums, columns }: Scatter): Float64Array {
  const totals = new Float64Array(columns);
  for (let k = 0, i = 0; k < counts.length; k++) for (let j = 0; j < columns; j++, i++) totals[j] += sums[i];
  return totals;
}

interface Group {
  readonly count: number;
  readonly sums: Float64Array;
}

function centred({ columns, products, scale }: Scatter, groups: readonly Group[]): Float64Array {
  const result = new Float64Array(columns * columns);
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      let value = products[a * columns + b];
      // One division a group, of a product that float64 holds exactly: the difference of large whole numbers stays clean.
      for (const { count, sums } of groups) value -= (sums[a] * sums[b]) / count;
      value *= scale[a] * scale[b];
      result[a * columns + b] = value;
      result[b * columns + a] = value;
    }
  }
  return result;
}
