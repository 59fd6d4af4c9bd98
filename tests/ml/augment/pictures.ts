import { invert } from '../../../ml/augment/homography.js';
import { AUGMENTATIONS } from '../../../ml/augment/registry.js';
import { createWarp } from '../../../ml/augment/warp.js';
import type { WordSource } from '../../../ml/augment/word-source.js';
import type { GrayImage } from '../../../ml/features/family.js';

/** A source whose draws are these, in turn: parts of the reach for `within`, numbers from 0 to 1 for `uniform`. */
export function drawing(...values: readonly number[]): WordSource {
  let next = 0;
  const draw = (): number => {
    const value = values[next++];
    if (value === undefined) throw new Error(`${next} numbers were drawn, ${values.length} were expected`);
    return value;
  };
  return {
    start: () => undefined,
    word: () => Math.floor(draw() * 0x80000000),
    uniform: draw,
    within: (reach) => draw() * reach,
    fill: (words) => words.forEach((_, i) => { words[i] = Math.floor(draw() * 0x80000000); }),
  };
}

/** The picture as one augmentation leaves it. */
export function augmentedPicture({ width: side, height, pixels: before }: GrayImage, kind: string, parameters: Readonly<Record<string, number>>, random: WordSource): GrayImage {
  const augmentation = AUGMENTATIONS.get(kind);
  const pixels = before.slice();
  if (augmentation?.stage === 'pixels') {
    augmentation.prepare(parameters, side)(random, pixels);
  } else if (augmentation?.stage === 'move') {
    const [move, inverse] = [new Float64Array(9), new Float64Array(9)];
    augmentation.prepare(parameters, side)(random, move);
    invert(move, inverse);
    const warp = createWarp(side);
    warp.sample(before, 0, inverse);
    pixels.set(warp.pixels);
  } else {
    throw new Error(`${kind} neither moves nor changes pixels`);
  }
  return { width: side, height, pixels };
}
