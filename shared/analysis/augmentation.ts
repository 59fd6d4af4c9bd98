import type { JsonObject } from '../json.js';

/** A picture as a PNG file. */
export interface PngPicture extends JsonObject {
  readonly width: number;
  readonly height: number;
  /** The file's bytes, base64. */
  readonly png: string;
}

/** One parameter of a kind of augmentation. */
export interface AugmentationParameter extends JsonObject {
  readonly name: string;
  readonly default: number;
  /** Smallest and largest value for which a digit keeps its label. */
  readonly safe: readonly [number, number];
  /** Smallest and largest value that means anything. */
  readonly possible: readonly [number, number];
  /** Why labels break beyond the safe range. */
  readonly because: string;
}

/** One kind of augmentation, alone. */
export interface AugmentationKind extends JsonObject {
  readonly kind: string;
  readonly parameters: readonly AugmentationParameter[];
  /** The parameter that the strip varies; the others keep their defaults. */
  readonly shown: string;
  /** Its values in the strip's second and third row: the end of the safe range, and beyond it (the same where there is no more). */
  readonly atLimit: number;
  readonly beyond: number;
  /** Rows: the digits as they are, at the limit, beyond it; ranges are drawn at their ends, upper and lower in turn. */
  readonly strip: PngPicture;
}

/** What the pipeline of a run does to digits, and how far each kind may go. */
export interface AugmentationAnalysis extends JsonObject {
  readonly kind: 'augmentation';
  /** The pipeline as text, every parameter given. */
  readonly document: string;
  readonly seed: number;
  /** Augmented copies of each original in the sheet. */
  readonly copies: number;
  /** Each row an original, then its copies. */
  readonly sheet: PngPicture;
  readonly kinds: readonly AugmentationKind[];
}
