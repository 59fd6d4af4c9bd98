import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { blockProducts } from '../../clustering/block-products.js';
import { rowTensors } from '../../clustering/row-tensors.js';
import { evenlySpacedRows } from '../../data/evenly-spaced-rows.js';
import type { Matrix } from '../../matrix.js';
import { selectSmallest } from '../../neighbours/select-smallest.js';
import type { PixelNeighbours } from './re-rank.js';

/** Share of the true nearest neighbours by pixels that a graph holds. */
export interface SearchRecall {
  readonly sampled: number;
  readonly first: number;
  readonly all: number;
}

const SLACK = 1 + 1e-5; // float32 products against exact squares

/**
 * Recall of a neighbour graph of a set within itself, by comparing evenly spaced rows with all others in all pixels: the share of
 * rows whose nearest is the graph's first, and of the graph's k that are within the true k-th distance.
 * @param working is called between the parts of the work; it may throw to stop.
 */
export function searchRecall(tf: TensorFlow, x: Matrix<Uint8Array>, graph: PixelNeighbours, sample: number, working: () => void = () => undefined): SearchRecall {
  const rows = [...evenlySpacedRows(x.rows, sample)];
  const sampled = rows.length;
  const tensors = rowTensors(tf, x);
  working();
  const points: Matrix<Float32Array> = { rows: sampled, columns: x.columns, data: new Float32Array(sampled * x.columns) };
  for (let i = 0, to = 0; i < sampled; i++) {
    for (let column = 0; column < x.columns; column++, to++) points.data[to] = x.data[rows[i] * x.columns + column] / 255 - tensors.mean[column];
  }
  const squares = rows.map(() => new Float32Array(x.rows));
  blockProducts(tf, tensors, points, (products, first, count) => {
    working();
    for (let row = 0, at = 0; row < count; row++) {
      for (let i = 0; i < sampled; i++, at++) squares[i][first + row] = tensors.squares[first + row] + tensors.squares[rows[i]] - 2 * products[at];
    }
  });
  tensors.dispose();
  const names = new Int32Array(x.rows);
  let [firsts, within] = [0, 0];
  rows.forEach((row, i) => {
    working();
    squares[i][row] = Infinity;
    const furthest = selectSmallest(squares[i], names, x.rows, graph.k) * 255 * 255;
    const nearest = squares[i].subarray(0, graph.k).reduce((least, square) => Math.min(least, square), Infinity) * 255 * 255;
    if (graph.squares[row * graph.k] <= nearest * SLACK) firsts++;
    for (let at = row * graph.k; at < (row + 1) * graph.k; at++) if (graph.squares[at] <= furthest * SLACK) within++;
  });
  return { sampled, first: firsts / sampled, all: within / (sampled * graph.k) };
}
