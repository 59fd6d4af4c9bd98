import type { Part } from './part.js';

const WAYS = ['across', 'down', 'falling', 'rising'];
const LENGTHS = ['1', '2', '3', '4', '5-6', '7-9', '10-14', '15-'];
const CLASSES = Uint8Array.from({ length: 16 }, (_, run) => [0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7][run]);
const pixels = new Uint32Array(WAYS.length * LENGTHS.length);

/**
 * Run lengths (Galloway, 1975): the share of ink that belongs to unbroken runs of so many pixels, across, down and along both diagonals.
 * In [0, 1]; the eight of a way sum to one. `runs.across.5-6` are runs of five or six pixels in a row.
 */
export const runLengths: Part = {
  columns: WAYS.flatMap((way) => LENGTHS.map((length) => `runs.${way}.${length}`)),

  write(_image, { width, height, stride, cells, area }, out, offset) {
    pixels.fill(0);
    for (let y = 1; y <= height; y++) {
      for (let at = y * stride + 1, end = at + width; at < end; at++) {
        if (cells[at] === 0) continue;
        if (cells[at - 1] === 0) count(cells, at, 1, 0);
        if (cells[at - stride] === 0) count(cells, at, stride, 1);
        if (cells[at - stride - 1] === 0) count(cells, at, stride + 1, 2);
        if (cells[at - stride + 1] === 0) count(cells, at, stride - 1, 3);
      }
    }
    for (let i = 0; i < pixels.length; i++) out[offset + i] = area === 0 ? 0 : pixels[i] / area;
  },
};

/** The run that begins at `at`; the frame of the mask ends it. */
function count(cells: Uint8Array, at: number, step: number, way: number): void {
  let run = 1;
  while (cells[at + run * step] === 1) run++;
  pixels[way * LENGTHS.length + CLASSES[run < 15 ? run : 15]] += run;
}
