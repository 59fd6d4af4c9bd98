import { potentialGrid } from './potential-grid.js';
import type { PotentialGrid } from './potential-grid.js';

/** The repulsive half of t-SNE's gradient. */
export interface Repulsion {
  /**
   * Writes, for each point i, the sum over j of (y_i - y_j) / (1 + |y_i - y_j|^2)^2 to `forces` ([n, 2]), and returns the sum
   * of 1 / (1 + |y_i - y_j|^2) over all ordered pairs of different points, t-SNE's Z.
   */
  repel(points: Float64Array, forces: Float64Array): number;
}

/** Nodes lie a quarter of a unit apart, the kernel is two wide: forces are within 1 % of the exact ones (root mean square), Z within 0.02 %. */
const SPACING = 0.25;
const SMALLEST = 32;
/** A map wider than some 250 units is computed on a coarser grid. */
const LARGEST = 1024;
/** Nodes that stay free on each side: where the splines' spectra are divided out, charges spread a little. */
const MARGIN = 8;

/**
 * Repulsion in O(n + m log m) for m grid nodes: the points' charges are spread to a grid by cubic B-splines, their potential
 * under 1 / (1 + r^2) is a convolution by fast Fourier transforms, and the force is minus half its gradient, read from the same
 * splines' derivatives. FIt-SNE (Linderman et al., 2019) interpolates four kernels with polynomials instead; one potential
 * needs a quarter of the transforms and knows no cancellation far from the origin.
 */
export function createRepulsion(): Repulsion {
  let grid: PotentialGrid | undefined;
  let gridSpacing = 0;
  let cells = new Int32Array(0);
  let weights = new Float32Array(0);
  let slopes = new Float32Array(0);

  return {
    repel(points, forces) {
      const count = points.length / 2;
      if (cells.length !== 2 * count) {
        cells = new Int32Array(2 * count);
        weights = new Float32Array(8 * count);
        slopes = new Float32Array(8 * count);
      }
      const [left, right] = extent(points, 0);
      const [top, bottom] = extent(points, 1);
      const span = Math.max(right - left, bottom - top);
      const { nodes, spacing } = gridFor(span);
      if (grid === undefined || grid.nodes !== nodes || gridSpacing !== spacing) {
        grid = potentialGrid(nodes, spacing);
        gridSpacing = spacing;
      }
      place(points, 0, nodes / 2 - (left + right) / 2 / spacing, 1 / spacing, cells, weights, slopes);
      place(points, 1, nodes / 2 - (top + bottom) / 2 / spacing, 1 / spacing, cells, weights, slopes);
      spread(grid, cells, weights, count);
      const energy = grid.convolve();
      read(grid, cells, weights, slopes, -0.5 / spacing, forces);
      return energy - count; // a point and itself have potential 1
    },
  };
}

function gridFor(span: number): { nodes: number; spacing: number } {
  for (let nodes = SMALLEST; nodes <= LARGEST; nodes *= 2) {
    if (span / SPACING + 2 * MARGIN <= nodes) return { nodes, spacing: SPACING };
  }
  // steps of a tenth, so that the kernel's spectrum is not computed anew in every iteration
  const wanted = span / (LARGEST - 2 * MARGIN);
  return { nodes: LARGEST, spacing: SPACING * 1.1 ** Math.ceil(Math.log(wanted / SPACING) / Math.log(1.1)) };
}

function extent(points: Float64Array, axis: number): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = axis; i < points.length; i += 2) {
    if (points[i] < least) least = points[i];
    if (points[i] > most) most = points[i];
  }
  return [least, most];
}

/** Each point's first node along an axis, and of the four nodes it is spread to the weights (a cubic B-spline) and their derivatives. */
function place(points: Float64Array, axis: number, origin: number, scale: number, cells: Int32Array, weights: Float32Array, slopes: Float32Array): void {
  for (let i = axis; i < points.length; i += 2) {
    const position = points[i] * scale + origin;
    const cell = Math.floor(position);
    const t = position - cell;
    const rest = 1 - t;
    cells[i] = cell - 1;
    weights[4 * i] = (rest * rest * rest) / 6;
    weights[4 * i + 1] = (t * t * (3 * t - 6) + 4) / 6;
    weights[4 * i + 2] = (rest * rest * (3 * rest - 6) + 4) / 6;
    weights[4 * i + 3] = (t * t * t) / 6;
    slopes[4 * i] = -0.5 * rest * rest;
    slopes[4 * i + 1] = 0.5 * t * (3 * t - 4);
    slopes[4 * i + 2] = 0.5 * rest * (4 - 3 * rest);
    slopes[4 * i + 3] = 0.5 * t * t;
  }
}

function spread(grid: PotentialGrid, cells: Int32Array, weights: Float32Array, count: number): void {
  const { values, rowStarts, columnStarts } = grid;
  grid.clear();
  for (let i = 0; i < count; i++) {
    const column = cells[2 * i];
    const c0 = columnStarts[column];
    const c1 = columnStarts[column + 1];
    const c2 = columnStarts[column + 2];
    const c3 = columnStarts[column + 3];
    const w0 = weights[8 * i];
    const w1 = weights[8 * i + 1];
    const w2 = weights[8 * i + 2];
    const w3 = weights[8 * i + 3];
    for (let row = 0; row < 4; row++) {
      const start = rowStarts[cells[2 * i + 1] + row];
      const weight = weights[8 * i + 4 + row];
      values[start + c0] += weight * w0;
      values[start + c1] += weight * w1;
      values[start + c2] += weight * w2;
      values[start + c3] += weight * w3;
    }
  }
}

/** `scale` times the gradient, in nodes, of the potential at each point. */
function read(grid: PotentialGrid, cells: Int32Array, weights: Float32Array, slopes: Float32Array, scale: number, forces: Float64Array): void {
  const { values, rowStarts, columnStarts } = grid;
  for (let i = 0; i < forces.length; i += 2) {
    const column = cells[i];
    const c0 = columnStarts[column];
    const c1 = columnStarts[column + 1];
    const c2 = columnStarts[column + 2];
    const c3 = columnStarts[column + 3];
    const at = 4 * i;
    const w0 = weights[at];
    const w1 = weights[at + 1];
    const w2 = weights[at + 2];
    const w3 = weights[at + 3];
    const s0 = slopes[at];
    const s1 = slopes[at + 1];
    const s2 = slopes[at + 2];
    const s3 = slopes[at + 3];
    let right = 0;
    let down = 0;
    for (let row = 0; row < 4; row++) {
      const start = rowStarts[cells[i + 1] + row];
      const v0 = values[start + c0];
      const v1 = values[start + c1];
      const v2 = values[start + c2];
      const v3 = values[start + c3];
      right += weights[at + 4 + row] * (s0 * v0 + s1 * v1 + s2 * v2 + s3 * v3);
      down += slopes[at + 4 + row] * (w0 * v0 + w1 * v1 + w2 * v2 + w3 * v3);
    }
    forces[i] = scale * right;
    forces[i + 1] = scale * down;
  }
}
