import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { digitPaper } from './digit-paper.js';

const GAP = 2; // pixels of the images between two of them
const APART = 6; // between an original and its copies

/**
 * A picture of augmented digits, dark on white: each row an original, then its copies.
 * @param copies as `augmentRows` gives them: those of the first original, then those of the second ...
 * @param zoom pixels of the picture for one of the images. @default 2
 * @param greys that the picture is rounded to. @default 256
 * @returns the bytes of a PNG file.
 * @throws InvalidDataError when the copies are not square images like the originals, as many of each.
 */
export function contactSheet(originals: Matrix<Uint8Array>, copies: Matrix<Uint8Array>, zoom = 2, greys = 256): Uint8Array {
  const side = Math.round(Math.sqrt(originals.columns));
  const each = copies.rows / originals.rows;
  if (side * side !== originals.columns || copies.columns !== originals.columns || !Number.isInteger(each)) {
    throw new InvalidDataError(
      `A contact sheet needs square images and the same number of copies of each: got ${originals.rows} x ${originals.columns} and ${copies.rows} x ${copies.columns}.`,
    );
  }
  const across = side + (each === 0 ? 0 : APART + each * (side + GAP) - GAP);
  const paper = digitPaper(across, originals.rows * (side + GAP) - GAP, side, zoom, greys);
  for (let row = 0; row < originals.rows; row++) {
    const top = row * (side + GAP);
    paper.draw(originals, row, 0, top);
    for (let copy = 0; copy < each; copy++) paper.draw(copies, row * each + copy, side + APART + copy * (side + GAP), top);
  }
  return paper.png();
}
