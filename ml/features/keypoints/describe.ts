import type { Octave } from './scale-space.js';
import type { Extremum } from './find-extrema.js';
import { sigmaOf } from './scale-space.js';

const CELLS = 4;
const DIRECTIONS = 8;
/** Numbers of a descriptor: 4 x 4 cells of 8 directions. */
export const DESCRIPTOR = CELLS * CELLS * DIRECTIONS;

const CELL = 3; // standard deviations of the keypoint's plane
const LARGEST = 0.2; // a share that one direction may have: brighter light changes lengths more than directions

/**
 * The descriptor of a keypoint: histograms of gradient directions in 4 x 4 cells of a window that is turned to the keypoint's
 * orientation and grows with its scale, each gradient shared between the nearest cells and directions and weighted by a
 * Gaussian as wide as half the window; normalised, cut at 0.2 and normalised again (Lowe 2004, section 6). Order as in OpenCV:
 * cells row by row, in each the directions counter-clockwise from the orientation.
 * @param histogram at least DESCRIPTOR numbers, of which it writes the first; unit length (all 0 where nothing varies).
 */
export function describe({ width, height, gaussians }: Octave, { plane, x, y, offset }: Extremum, orientation: number, histogram: Float64Array): void {
  const pixels = gaussians[plane];
  const cell = CELL * sigmaOf(plane + offset.plane);
  const radius = Math.round((cell * Math.SQRT2 * (CELLS + 1)) / 2);
  const cos = Math.cos(orientation) / cell;
  const sin = Math.sin(orientation) / cell;
  histogram.fill(0, 0, DESCRIPTOR);
  for (let row = Math.max(1, y - radius); row <= Math.min(height - 2, y + radius); row++) {
    for (let column = Math.max(1, x - radius); column <= Math.min(width - 2, x + radius); column++) {
      const [right, down] = [column - x - offset.x, row - y - offset.y];
      const u = right * cos + down * sin; // in cells, along the orientation
      const v = down * cos - right * sin;
      const [cellX, cellY] = [u + CELLS / 2 - 0.5, v + CELLS / 2 - 0.5];
      if (cellX <= -1 || cellX >= CELLS || cellY <= -1 || cellY >= CELLS) continue;
      const at = row * width + column;
      const dx = pixels[at + 1] - pixels[at - 1];
      const dy = pixels[at + width] - pixels[at - width];
      const weight = Math.hypot(dx, dy) * Math.exp(-(u * u + v * v) / ((CELLS * CELLS) / 2));
      const turn = (orientation - Math.atan2(dy, dx)) / (2 * Math.PI) + 2; // in [1.5, 3.5]
      share(histogram, weight, cellX, cellY, turn * DIRECTIONS);
    }
  }
  normalise(histogram);
  for (let i = 0; i < DESCRIPTOR; i++) if (histogram[i] > LARGEST) histogram[i] = LARGEST;
  normalise(histogram);
}

/** Between two cells on each axis and two directions, by nearness. */
function share(histogram: Float64Array, weight: number, cellX: number, cellY: number, direction: number): void {
  const [left, top, first] = [Math.floor(cellX), Math.floor(cellY), Math.floor(direction)];
  const [partX, partY, part] = [cellX - left, cellY - top, direction - first];
  for (let row = Math.max(0, top); row <= Math.min(CELLS - 1, top + 1); row++) {
    const ofRow = weight * (row === top ? 1 - partY : partY);
    for (let column = Math.max(0, left); column <= Math.min(CELLS - 1, left + 1); column++) {
      const ofCell = ofRow * (column === left ? 1 - partX : partX);
      const base = (row * CELLS + column) * DIRECTIONS;
      histogram[base + (first % DIRECTIONS)] += ofCell * (1 - part);
      histogram[base + ((first + 1) % DIRECTIONS)] += ofCell * part;
    }
  }
}

function normalise(histogram: Float64Array): void {
  let squares = 0;
  for (let i = 0; i < DESCRIPTOR; i++) squares += histogram[i] ** 2;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < DESCRIPTOR; i++) histogram[i] *= scale;
}
