import type { WordSource } from './word-source.js';

/** What one parameter of an augmentation may be. */
export interface ParameterRule {
  readonly default: number;
  /** Smallest and largest value for which a digit keeps its label. */
  readonly safe: readonly [number, number];
  /** Smallest and largest value that means anything at all. */
  readonly possible: readonly [number, number];
  /** Only whole numbers. */
  readonly whole?: true;
  /** A value at which labels are seen to break. @default twice the end of the safe range, where that is possible */
  readonly breaks?: number;
  /** Why the safe range ends where it does, for the person who met its end. */
  readonly because: string;
}

type Parameters<P extends string> = Readonly<Record<P, number>>;

interface AnyAugmentation<P extends string> {
  /** The name in a pipeline document. */
  readonly kind: string;
  readonly parameters: Readonly<Record<P, ParameterRule>>;
  /** Parameters (over the defaults) that leave every image as it was, bit for bit. */
  readonly identity: Readonly<Partial<Record<P, number>>>;
}

/** Draws how one image is moved: a 3 x 3 homography, row by row, from where a pixel was to where it goes (homography.ts). */
export type DrawMove = (random: WordSource, move: Float64Array) => void;

/** A move of the whole plane: all moves of a pipeline are composed into one map and sampled once. */
export interface MoveAugmentation<P extends string = string> extends AnyAugmentation<P> {
  readonly stage: 'move';
  /** `side`: of the square images, in pixels. */
  prepare(parameters: Parameters<P>, side: number): DrawMove;
}

/** Draws one image's displacements and adds them to `right` and `down` (pixels, one number for each output pixel). */
export type AddDisplacement = (random: WordSource, right: Float32Array, down: Float32Array) => void;

/** A displacement of its own for every output pixel, added to the map before it is sampled. */
export interface DisplacementAugmentation<P extends string = string> extends AnyAugmentation<P> {
  readonly stage: 'displacement';
  prepare(parameters: Parameters<P>, side: number): AddDisplacement;
}

/** Changes the pixels of one image in place. */
export type ChangePixels = (random: WordSource, pixels: Uint8Array) => void;

/** A change of the pixels' values, after the map has been sampled. */
export interface PixelAugmentation<P extends string = string> extends AnyAugmentation<P> {
  readonly stage: 'pixels';
  prepare(parameters: Parameters<P>, side: number): ChangePixels;
}

/**
 * One way of changing a digit without changing what it says. `prepare` does once what all images share and owns the
 * scratch memory; what it returns runs for every image, allocates nothing, and draws all it needs from `random`.
 */
export type Augmentation = MoveAugmentation | DisplacementAugmentation | PixelAugmentation;

/** The order in which a pipeline's stages act, whatever the number of steps in each. */
export const STAGES = ['move', 'displacement', 'pixels'] as const satisfies readonly Augmentation['stage'][];
