import type { FeatureFamily } from './family.js';
import { cellHistograms, ORIENTATIONS } from './hog/cell-histograms.js';

const CELLS = 3; // a side; 8 x 8 pixels each on a 28 x 28 digit, whose last four rows and columns belong to no cell

/**
 * Histograms of oriented gradients (Dalal and Triggs, 2005): the gradients of 3 x 3 cells by direction, each cell's nine
 * numbers of unit length, in [0, 1].
 *
 * Column `hog.r1c2.o3` is the second row and third column of cells, directions of 60 to 80 degrees. Images of other
 * sizes get cells in the same proportion.
 */
export const family: FeatureFamily = {
  name: 'hog',
  columns: Array.from({ length: CELLS * CELLS * ORIENTATIONS }, (_, i) => {
    const cell = Math.floor(i / ORIENTATIONS);
    return `hog.r${Math.floor(cell / CELLS)}c${cell % CELLS}.o${i % ORIENTATIONS}`;
  }),

  extract(image, out, offset) {
    const height = Math.floor((image.height * 8) / 28);
    const width = Math.floor((image.width * 8) / 28);
    cellHistograms(image, { rows: CELLS, columns: CELLS, height, width }, out, offset);
  },
};
