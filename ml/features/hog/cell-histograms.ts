import type { GrayImage, Numbers } from '../family.js';

/** Directions of 20 degrees each, without sign. */
export const ORIENTATIONS = 9;

/** A grid of cells in pixels. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

const EPSILON = 1e-5;
const CLIP = 0.2;

/** Bits of one gradient in a table index: differences of two bytes lie in -255..255. */
const SHIFT = 9;
const CENTRE = (255 << SHIFT) + 255;
const BINS = new Uint8Array(1 << (2 * SHIFT));
const MAGNITUDES = new Float32Array(1 << (2 * SHIFT));
for (let down = -255; down <= 255; down++) {
  for (let right = -255; right <= 255; right++) {
    const index = (down << SHIFT) + right + CENTRE;
    const degrees = (Math.atan2(down, right) * 180) / Math.PI;
    BINS[index] = Math.floor((((degrees % 180) + 180) % 180) / (180 / ORIENTATIONS));
    MAGNITUDES[index] = Math.hypot(down, right);
  }
}
const histogram = new Float64Array(ORIENTATIONS);

/**
 * Histograms of oriented gradients (Dalal and Triggs, 2005) as `skimage.feature.hog` computes them with 9 orientations,
 * blocks of one cell and L2-Hys normalisation: nine numbers a cell, row by row of cells. Each pixel adds its gradient's
 * magnitude to the bin of its direction; a cell's numbers are scaled to unit length, clipped at 0.2 and scaled again.
 */
export function cellHistograms({ width, height, pixels }: GrayImage, cells: Cells, out: Numbers, offset: number): void {
  const unit = 1 / (255 * cells.height * cells.width); // the mean magnitude of a cell, in units of full ink
  for (let cell = 0; cell < cells.rows * cells.columns; cell++) {
    const top = Math.floor(cell / cells.columns) * cells.height;
    const left = (cell % cells.columns) * cells.width;
    histogram.fill(0);
    for (let y = top; y < top + cells.height; y++) {
      const row = y * width;
      const last = row + width - 1;
      const step = y === 0 || y === height - 1 ? 0 : width; // no vertical gradient on the border
      for (let at = row + left, end = at + cells.width; at < end; at++) {
        const side = at === row || at === last ? 0 : 1;
        const down = pixels[at + step] - pixels[at - step];
        const right = pixels[at + side] - pixels[at - side];
        const index = (down << SHIFT) + right + CENTRE;
        if (index !== CENTRE) histogram[BINS[index]] += MAGNITUDES[index]; // most of a digit is flat
      }
    }
    normalise(unit, out, offset + cell * ORIENTATIONS);
  }
}

/** L2-Hys (Lowe's clipping), from the histogram into `out`. */
function normalise(unit: number, out: Numbers, offset: number): void {
  let squares = 0;
  for (let i = 0; i < ORIENTATIONS; i++) squares += histogram[i] * histogram[i] * unit * unit;
  const scale = unit / Math.sqrt(squares + EPSILON * EPSILON);
  let clipped = 0;
  for (let i = 0; i < ORIENTATIONS; i++) {
    const value = Math.min(histogram[i] * scale, CLIP);
    histogram[i] = value;
    clipped += value * value;
  }
  const rescale = 1 / Math.sqrt(clipped + EPSILON * EPSILON);
  for (let i = 0; i < ORIENTATIONS; i++) out[offset + i] = histogram[i] * rescale;
}
