import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { neighbourScan } from './neighbour-scan.js';
import { emptyNeighbours } from './neighbours.js';
import type { Neighbours } from './neighbours.js';
import { QUERIES } from './scan-kernel.js';

/** What may be asked of the search. */
export interface NeighbourOptions {
  /** Rows whose neighbours are sought among those of `x`. @default those of x, each without itself (its equals stay) */
  readonly queries?: Matrix<Float32Array>;
  /** Called with the number of queries answered, some hundred times a second; may throw to end the search. */
  readonly onProgress?: (done: number) => void;
}

/**
 * The k nearest rows of `x` to each query, exactly, by Euclidean distance.
 *
 * All pairs are scored in single precision as |y|^2 / 2 - x.y by a WebAssembly kernel, which notes what is below the k-th best so
 * far plus a bound of the rounding error; what remains is measured again in double precision from the differences. So near and
 * equal rows, which cancellation in the product form would shuffle, come out right. Time: rows * queries * columns (70,000 x 50:
 * some 15 s on one core); memory: a copy of `x`.
 * @throws InvalidConfigError when k is not a whole number in [1, rows without the query itself].
 * @throws InvalidDataError when the widths differ or a value is not finite.
 */
export function nearestNeighbours(x: Matrix<Float32Array>, k: number, { queries, onProgress }: NeighbourOptions = {}): Neighbours {
  const asked = queries ?? x;
  const withoutSelf = queries === undefined;
  check(x, k, asked, withoutSelf);
  const scan = neighbourScan(x, k + Number(withoutSelf));
  const found = emptyNeighbours(asked.rows, k);
  for (let from = 0; from < asked.rows; from += QUERIES) {
    const to = Math.min(from + QUERIES, asked.rows);
    scan(asked, from, to, found, { withoutSelf });
    onProgress?.(to);
  }
  return found;
}

function check(x: Matrix<Float32Array>, k: number, asked: Matrix<Float32Array>, withoutSelf: boolean): void {
  const most = x.rows - Number(withoutSelf);
  if (!Number.isSafeInteger(k) || k < 1 || k > most) {
    throw new InvalidConfigError(`neighbours: k is ${k}; expected a whole number from 1 to ${most}, as there are ${x.rows} rows. Ask for fewer or give more rows.`);
  }
  if (asked.columns !== x.columns) {
    throw new InvalidDataError(`neighbours: the queries have ${asked.columns} columns and the rows ${x.columns}; expected as many.`);
  }
  for (const { data, columns } of new Set([x, asked])) {
    const wrong = data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new InvalidDataError(`neighbours: row ${Math.floor(wrong / columns)} holds ${data[wrong]}; expected finite numbers.`);
  }
}
