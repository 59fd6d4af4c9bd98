import { InvalidDataError } from '../../shared/errors.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';

/**
 * Training rows, and after them their augmented copies: those of the first row, then those of the second, and so on, each
 * with the label of its row.
 * @throws InvalidDataError when there are not equally many copies of each row, or they are of another width or type.
 */
export function withAugmentedRows({ x, labels }: LabelledMatrix, augmented: Matrix): LabelledMatrix {
  const copies = augmented.rows / x.rows;
  if (!Number.isInteger(copies) || augmented.columns !== x.columns || augmented.data.constructor !== x.data.constructor) {
    throw new InvalidDataError(
      `Augmented rows must be whole copies of the training rows: got ${augmented.rows} x ${augmented.columns} (${augmented.data.constructor.name}) for ${x.rows} x ${x.columns} (${x.data.constructor.name}).`,
    );
  }
  const rows = x.rows + augmented.rows;
  const data = x.data instanceof Uint8Array ? new Uint8Array(rows * x.columns) : new Float32Array(rows * x.columns);
  data.set(x.data);
  data.set(augmented.data, x.data.length);
  const all = new Uint8Array(rows);
  all.set(labels);
  for (let i = 0; i < augmented.rows; i++) all[x.rows + i] = labels[Math.floor(i / copies)];
  return { x: { rows, columns: x.columns, data }, labels: all };
}
