import type { Matrix } from '../matrix.js';
import { neighbourScan } from './neighbour-scan.js';
import { emptyNeighbours } from './neighbours.js';
import type { RowLists } from './row-lists.js';
import type { RowSearch } from './row-search.js';
import { GROUP, QUERIES } from './scan-kernel.js';

/**
 * The approximate search (inverted file, Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", 2011, without
 * its codes): looks at the rows of the `probes` lists whose centres are nearest to the query, and of further ones until it has seen k
 * rows. What it finds among those is exact. Values must be finite; 1 <= k <= rows.
 */
export function listSearch(x: Matrix<Float32Array>, k: number, lists: RowLists, probes: number): RowSearch {
  const { groups, sizes, order, laid, filler } = layOut(x, lists);
  const scan = neighbourScan(laid, k, filler);
  const { centres } = lists;
  const distances = new Float64Array(centres.rows);
  const nearest = Int32Array.from({ length: centres.rows }, (_, list) => list);
  const ranges = new Int32Array(2 * centres.rows);

  /** The groups to look at, as ranges. */
  function rangesOf(queries: Matrix<Float32Array>, query: number): Int32Array {
    for (let list = 0, at = 0; list < centres.rows; list++) {
      let sum = 0;
      for (let j = query * x.columns; j < (query + 1) * x.columns; j++) {
        const difference = queries.data[j] - centres.data[at++];
        sum += difference * difference;
      }
      distances[list] = sum;
    }
    nearest.sort((a, b) => distances[a] - distances[b] || a - b);
    let count = 0;
    for (let i = 0, seen = 0; i < centres.rows && (i < probes || seen < k); i++) {
      const list = nearest[i];
      if (sizes[list] === 0) continue;
      ranges[count++] = groups[list];
      ranges[count++] = groups[list + 1];
      seen += sizes[list];
    }
    return ranges.subarray(0, count);
  }

  return (queries, onProgress) => {
    const found = emptyNeighbours(queries.rows, k);
    for (let query = 0; query < queries.rows; query++) {
      scan(queries, query, query + 1, found, { ranges: rangesOf(queries, query) });
      for (let i = query * k; i < (query + 1) * k; i++) found.indices[i] = order[found.indices[i]];
      if ((query + 1) % QUERIES === 0) onProgress?.(query + 1);
    }
    onProgress?.(queries.rows);
    return found;
  };
}

interface Laid {
  /** [lists + 1]: each list's first group, and where the last list ends. */
  readonly groups: Int32Array;
  /** Rows of each list. */
  readonly sizes: Int32Array;
  /** The row at each place. */
  readonly order: Int32Array;
  readonly laid: Matrix<Float32Array>;
  /** 1 at places that only fill a list's last group. */
  readonly filler: Uint8Array;
}

/** Rows list by list, in their order, each list in groups of its own. */
function layOut({ rows, columns, data }: Matrix<Float32Array>, { centres, assignment }: RowLists): Laid {
  const sizes = new Int32Array(centres.rows);
  for (let row = 0; row < rows; row++) sizes[assignment[row]]++;
  const groups = new Int32Array(centres.rows + 1);
  sizes.forEach((size, list) => { groups[list + 1] = groups[list] + Math.ceil(size / GROUP); });
  const places = groups[centres.rows] * GROUP;
  const next = groups.map((group) => group * GROUP);
  const order = new Int32Array(places);
  const filler = new Uint8Array(places).fill(1);
  const laid = new Float32Array(places * columns);
  for (let row = 0; row < rows; row++) {
    const place = next[assignment[row]]++;
    order[place] = row;
    filler[place] = 0;
    laid.set(data.subarray(row * columns, (row + 1) * columns), place * columns);
  }
  return { groups, sizes, order, laid: { rows: places, columns, data: laid }, filler };
}
