import { PNG } from 'pngjs';
import type { Matrix } from '../matrix.js';

/** White paper to draw square digits on. */
export interface DigitPaper {
  /** Draws a row of the matrix, dark, with its upper left corner at (left, top), in pixels of the digits. */
  draw(digits: Matrix<Uint8Array>, row: number, left: number, top: number): void;
  /** The bytes of a grey PNG file. Library: pngjs. */
  png(): Uint8Array;
}

/** Greys of a picture that is embedded in a document: the eye sees no difference, and the file is a third smaller. */
export const EMBEDDED_GREYS = 32;

/**
 * Paper of width x height pixels of the digits, of `side` x `side` pixels each, every pixel drawn zoom x zoom times.
 * @param greys that the picture is rounded to. @default 256
 */
export function digitPaper(width: number, height: number, side: number, zoom: number, greys = 256): DigitPaper {
  const step = 255 / (greys - 1);
  const shades = Uint8Array.from({ length: 256 }, (_, ink) => Math.round(Math.round((255 - ink) / step) * step));
  const png = new PNG({ width: width * zoom, height: height * zoom });
  png.data.fill(255);
  return {
    draw({ data }, row, left, top) {
      for (let y = 0; y < side * zoom; y++) {
        for (let x = 0; x < side * zoom; x++) {
          const ink = data[row * side * side + Math.floor(y / zoom) * side + Math.floor(x / zoom)];
          const at = 4 * ((top * zoom + y) * png.width + left * zoom + x);
          png.data.fill(shades[ink], at, at + 3);
        }
      }
    },
    // Differences between neighbours help where pixels are drawn more than once, and harm where they are not.
    png: () => new Uint8Array(PNG.sync.write(png, { colorType: 0, inputColorType: 6, deflateLevel: 9, filterType: zoom === 1 ? 0 : -1 })),
  };
}
