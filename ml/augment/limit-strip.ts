import type { PngPicture } from '../../shared/analysis/augmentation.js';
import type { Matrix } from '../matrix.js';
import type { Augmentation } from './augmentation.js';
import { createAugmenter } from './augmenter.js';
import { digitPaper, EMBEDDED_GREYS } from './digit-paper.js';
import { extremeWords } from './extreme-words.js';
import { parsePipelineDocument } from './pipeline-document.js';
import { pngPicture } from './png-picture.js';

const GAP = 2;

/** A kind of augmentation at and beyond its limit. */
export interface LimitStrip {
  /** The parameter that is varied, the kind's first; the others keep their defaults. */
  readonly shown: string;
  readonly atLimit: number;
  readonly beyond: number;
  readonly strip: PngPicture;
}

/**
 * Three rows of digits: as they are, with one kind alone at the end of its safe range, and beyond it. Even columns show
 * the upper end of what is drawn, odd ones the lower.
 */
export function limitStrip({ kind, parameters }: Augmentation, digits: Matrix<Uint8Array>, seed: number): LimitStrip {
  const side = Math.sqrt(digits.columns);
  const [shown, { safe: [, atLimit], possible: [, most], breaks }] = Object.entries(parameters)[0];
  const beyond = Math.min(most, breaks ?? 2 * atLimit);
  const paper = digitPaper(digits.rows * (side + GAP) - GAP, 3 * (side + GAP) - GAP, side, 1, EMBEDDED_GREYS);
  const place = (row: number): number => row * (side + GAP);
  for (let row = 0; row < digits.rows; row++) paper.draw(digits, row, place(row), 0);
  [atLimit, beyond].forEach((value, i) => {
    const document = parsePipelineDocument({ version: 1, beyondSafeLimits: true, steps: [{ kind, parameters: { [shown]: value } }] });
    const augment = createAugmenter(document, seed, side, extremeWords());
    const changed = { rows: 1, columns: digits.columns, data: new Uint8Array(digits.columns) };
    for (let row = 0; row < digits.rows; row++) {
      augment(digits.data, row * digits.columns, row, 0, changed.data, 0);
      paper.draw(changed, 0, place(row), place(i + 1));
    }
  });
  return { shown, atLimit, beyond, strip: pngPicture(paper.png()) };
}
