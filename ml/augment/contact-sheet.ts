import { PNG } from 'pngjs';
import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

const GAP = 2; // pixels of the images between two of them
const APART = 6; // between an original and its copies

/**
 * A picture of augmented digits, dark on white: each row an original, then its copies. Library: pngjs.
 * @param copies as `augmentRows` gives them: those of the first original, then those of the second ...
 * @param zoom pixels of the picture for one of the images. @default 2
 * @returns the bytes of a PNG file.
 * @throws InvalidDataError when the copies are not square images like the originals, as many of each.
 */
export function contactSheet(originals: Matrix<Uint8Array>, copies: Matrix<Uint8Array>, zoom = 2): Uint8Array {
  const side = Math.round(Math.sqrt(originals.columns));
  const each = copies.rows / originals.rows;
  if (side * side !== originals.columns || copies.columns !== originals.columns || !Number.isInteger(each)) {
    throw new InvalidDataError(
      `A contact sheet needs square images and the same number of copies of each: got ${originals.rows} x ${originals.columns} and ${copies.rows} x ${copies.columns}.`,
    );
  }
  const across = side + (each === 0 ? 0 : APART + each * (side + GAP) - GAP);
  const png = new PNG({ width: across * zoom, height: (originals.rows * (side + GAP) - GAP) * zoom });
  png.data.fill(255);
  const draw = ({ data }: Matrix<Uint8Array>, row: number, left: number, top: number): void => {
    for (let y = 0; y < side * zoom; y++) {
      for (let x = 0; x < side * zoom; x++) {
        const ink = data[row * side * side + Math.floor(y / zoom) * side + Math.floor(x / zoom)];
        const at = 4 * ((top * zoom + y) * png.width + left * zoom + x);
        png.data.fill(255 - ink, at, at + 3);
      }
    }
  };
  for (let row = 0; row < originals.rows; row++) {
    const top = row * (side + GAP);
    draw(originals, row, 0, top);
    for (let copy = 0; copy < each; copy++) draw(copies, row * each + copy, side + APART + copy * (side + GAP), top);
  }
  return new Uint8Array(PNG.sync.write(png, { colorType: 0, inputColorType: 6, deflateLevel: 9 }));
}
