import { InternalError } from '../../shared/errors.js';
import type { AddDisplacement, ChangePixels, DrawMove } from './augmentation.js';
import { followBy, invert, setIdentity } from './homography.js';
import type { PipelineDocument } from './pipeline-document.js';
import { AUGMENTATIONS } from './registry.js';
import { createWarp } from './warp.js';
import { createWordSource } from './word-source.js';
import type { WordSource } from './word-source.js';

/**
 * Writes the augmented form of the image at `from` in `images` to `to` in `out`.
 * @param row of the image in the whole set, and
 * @param copy: they and the seed alone decide what is drawn, whatever was augmented before.
 */
export type Augmenter = (images: Uint8Array, from: number, row: number, copy: number, out: Uint8Array, to: number) => void;

/**
 * A pipeline, ready to run on square images of one size: one map and one sampling for all moves and displacements, then the
 * changes of pixels. Keeps its memory between images: each thread needs one of its own.
 * @param random is started for each step of each image. @default a source of its own
 */
export function createAugmenter({ steps }: PipelineDocument, seed: number, side: number, random: WordSource = createWordSource()): Augmenter {
  const prepared = steps.map((step) => prepare(step, side));
  const warp = createWarp(side);
  const { pixels } = warp;
  let displacedBefore = false;
  const whole = new Float64Array(9);
  const move = new Float64Array(9);
  const inverse = new Float64Array(9);

  return (images, from, row, copy, out, to) => {
    let moved = false;
    let sampled = false;
    const sample = (): void => {
      sampled = true;
      if (moved) {
        invert(whole, inverse);
      } else {
        setIdentity(inverse);
      }
      warp.sample(images, from, inverse);
    };
    if (displacedBefore) {
      warp.right.fill(0);
      warp.down.fill(0);
      displacedBefore = false;
    }
    for (let i = 0; i < prepared.length; i++) {
      const { probability, drawMove, addDisplacement, changePixels } = prepared[i];
      random.start(seed, row, copy, i);
      if (random.uniform() >= probability) continue;
      if (drawMove) {
        if (!moved) setIdentity(whole);
        moved = true;
        drawMove(random, move);
        followBy(whole, move);
      } else if (addDisplacement) {
        displacedBefore = true;
        addDisplacement(random, warp.right, warp.down);
      } else if (changePixels) {
        if (!sampled) sample();
        changePixels(random, pixels);
      }
    }
    if (!sampled) sample();
    out.set(pixels, to);
  };
}

interface PreparedStep {
  readonly probability: number;
  readonly drawMove?: DrawMove;
  readonly addDisplacement?: AddDisplacement;
  readonly changePixels?: ChangePixels;
}

function prepare({ kind, probability, parameters }: PipelineDocument['steps'][number], side: number): PreparedStep {
  const augmentation = AUGMENTATIONS.get(kind);
  switch (augmentation?.stage) {
    case 'move': return { probability, drawMove: augmentation.prepare(parameters, side) };
    case 'displacement': return { probability, addDisplacement: augmentation.prepare(parameters, side) };
    case 'pixels': return { probability, changePixels: augmentation.prepare(parameters, side) };
    case undefined: throw new InternalError(`No augmentation is called '${kind}': the document did not come from parsePipelineDocument.`);
  }
}
