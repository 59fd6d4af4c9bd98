import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';

/** Rows, evenly spaced, whose quantiles place the edges of the bins. */
const EDGE_ROWS = 8192;
/** Columns binned together: their counts stay in the first cache. */
const BLOCK = 32;

/**
 * Mutual information of each column with the class, in nats: the plug-in estimate over equal-frequency bins (scikit-learn's `mutual_info_score` of the
 * binned column and the labels). Edges are the quantiles of at most 8,192 evenly spaced rows; equal edges are one, so that a column of few
 * values gets fewer bins. The estimate is biased upwards by about (bins - 1)(classes - 1) / 2n, alike for all columns.
 * @param bins 2 to 256.
 */
export function mutualInformation(x: Matrix, labels: Uint8Array, { bins }: { readonly bins: number }, working: () => void = () => {}): Float64Array {
  const information = new Float64Array(x.columns);
  const edges = Array.from({ length: x.columns }, (_, column) => {
    if (column % BLOCK === 0) working();
    return binEdges(x, column, bins);
  });
  const counts = new Uint32Array(BLOCK * bins * CLASSES);
  for (let from = 0; from < x.columns; from += BLOCK) {
    working();
    const to = Math.min(x.columns, from + BLOCK);
    counts.fill(0);
    for (let row = 0; row < x.rows; row++) {
      for (let j = from, i = row * x.columns + from; j < to; j++, i++) counts[((j - from) * bins + binOf(edges[j], x.data[i])) * CLASSES + labels[row]]++;
    }
    for (let j = from; j < to; j++) information[j] = informationOf(counts.subarray((j - from) * bins * CLASSES, (j - from + 1) * bins * CLASSES), x.rows);
  }
  return information;
}

/**
 * Edges of equal-frequency bins of a column, rising and distinct; bin k holds the values v with edges[k - 1] <= v < edges[k].
 * @throws InvalidConfigError for a number of bins outside 2 to 256.
 */
export function binEdges({ rows, columns, data }: Matrix, column: number, bins: number): Float64Array {
  if (!Number.isInteger(bins) || bins < 2 || bins > 256) throw new InvalidConfigError(`Mutual information: ${bins} bins; expected a whole number from 2 to 256.`);
  const sampled = Math.min(rows, EDGE_ROWS);
  const values = new Float32Array(sampled);
  for (let i = 0; i < sampled; i++) values[i] = data[Math.floor((i * rows) / sampled) * columns + column];
  values.sort();
  const edges: number[] = [];
  for (let k = 1; k < bins; k++) {
    const edge = values[Math.floor((k * sampled) / bins)];
    // An edge at the least value would part nothing off.
    if (edge > (edges.at(-1) ?? values[0])) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** The bin of a value: how many edges are at or below it. */
export function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mutual information of a table of counts [bins, classes] that sum to `rows`, in nats. */
function informationOf(counts: Uint32Array, rows: number): number {
  const ofClass = new Float64Array(CLASSES);
  const ofBin = new Float64Array(counts.length / CLASSES);
  for (let i = 0; i < counts.length; i++) {
    ofClass[i % CLASSES] += counts[i];
    ofBin[Math.floor(i / CLASSES)] += counts[i];
  }
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0) sum += (counts[i] / rows) * Math.log((counts[i] * rows) / (ofClass[i % CLASSES] * ofBin[Math.floor(i / CLASSES)]));
  }
  return Math.max(0, sum);
}
