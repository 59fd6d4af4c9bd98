import type { Matrix } from '../matrix.js';
import { neighbourScan } from './neighbour-scan.js';
import { emptyNeighbours } from './neighbours.js';
import type { RowSearch } from './row-search.js';
import { QUERIES } from './scan-kernel.js';

/** The search that looks at all columns of every row (brute force), as `nearestNeighbours` does. Values must be finite; 1 <= k <= rows. */
export function fullSearch(x: Matrix<Float32Array>, k: number): RowSearch {
  const scan = neighbourScan(x, k);
  return (queries, onProgress) => {
    const found = emptyNeighbours(queries.rows, k);
    for (let from = 0; from < queries.rows; from += QUERIES) {
      const to = Math.min(from + QUERIES, queries.rows);
      scan(queries, from, to, found, {});
      onProgress?.(to);
    }
    return found;
  };
}
