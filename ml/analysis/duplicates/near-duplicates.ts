import type { Images } from '../../data/decode-images.js';
import { bestShift } from './best-shift.js';
import { plainCorrelation } from './plain-correlation.js';
import type { PixelNeighbours } from './re-rank.js';

/**
 * When two images count as near-duplicates. Chosen on MNIST, where the most alike images of different hands correlate 0.992 (all
 * of them ones) and no image is nearer than 0.35 of the way to its 15th neighbour: above `certain` nothing natural is seen;
 * `alike` with `isolated` finds copies with noise among digits that vary more.
 */
export const NEAR_DUPLICATE = { certain: 0.995, alike: 0.95, isolated: 0.3 } as const;

/** A pair of rows: of the queries, and of the rows searched. */
export interface NearPair {
  readonly query: number;
  readonly row: number;
  readonly correlation: number;
  /** sqrt((1 - c) / (1 - c_k)), c_k being the plain correlation with the query's k-th neighbour. */
  readonly relative: number;
  readonly nearDuplicate: boolean;
}

const LOOKED_AT = 3; // of each row's neighbours
const PROMISING = 0.85; // plain correlation; saves time within a set, where the nearest row alone is always looked at

/**
 * Pairs of rows that are alike, closest first by `relative`, from the neighbour graph; each is verified on the pixels at the best
 * shift of one pixel. With `second === first` a pair is listed once, with the lower row as the query.
 * @param working is called every some thousand rows with the number done; it may throw to stop.
 */
export function nearDuplicates(first: Images, second: Images, graph: PixelNeighbours, working: (done: number) => void = () => undefined): NearPair[] {
  const same = first === second;
  const { between } = plainCorrelation(first.pixels, second.pixels);
  const { columns, rows } = first.pixels;
  const pairs = new Map<number, NearPair>();
  for (let query = 0; query < rows; query++) {
    if (query % 2048 === 0) working(query);
    const from = query * graph.k;
    const last = from + graph.k - 1;
    const surroundings = 1 - between(query, graph.indices[last], graph.squares[last]);
    for (let at = from; at < from + Math.min(LOOKED_AT, graph.k); at++) {
      const row = graph.indices[at];
      if (same && at > from && between(query, row, graph.squares[at]) < PROMISING) continue;
      const { correlation } = bestShift(first.pixels.data, query * columns, second.pixels.data, row * columns, first.width, first.height);
      const apart = Math.max(0, 1 - correlation);
      const relative = apart < 1e-12 ? 0 : surroundings > 0 ? Math.min(1, Math.sqrt(apart / surroundings)) : 1;
      const nearDuplicate = correlation >= NEAR_DUPLICATE.certain || (correlation >= NEAR_DUPLICATE.alike && relative <= NEAR_DUPLICATE.isolated);
      const [low, high] = same && row < query ? [row, query] : [query, row];
      const key = low * second.pixels.rows + high;
      const known = pairs.get(key);
      if (!known || relative < known.relative) {
        pairs.set(key, { query: low, row: high, correlation, relative, nearDuplicate: nearDuplicate || (known?.nearDuplicate ?? false) });
      }
    }
  }
  return [...pairs.values()].sort((a, b) => a.relative - b.relative || b.correlation - a.correlation || a.query - b.query || a.row - b.row);
}
