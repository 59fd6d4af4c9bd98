import { createWordSource } from './word-source.js';
import type { WordSource } from './word-source.js';

/** A source that draws the ends of every range: the upper one for even rows, the lower one for odd ones. All else is random. */
export function extremeWords(): WordSource {
  const words = createWordSource();
  let sign = 1;
  return {
    ...words,
    start(seed, row, copy, step) {
      sign = row % 2 === 0 ? 1 : -1;
      words.start(seed, row, copy, step);
    },
    within: (reach) => sign * reach,
  };
}
