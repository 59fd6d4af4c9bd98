/** A grey image: ink is bright (255) on a dark ground (0). */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Where numbers are written: features are kept in single precision, raw definitions in double. */
export type Numbers = Float32Array | Float64Array;

/** A feature family. One file each, named as the family, whose export is named `family`. */
export interface FeatureFamily {
  readonly name: string;
  /** Names of its numbers on a 28 x 28 image, in order, each starting with the family's name and a dot. */
  readonly columns: readonly string[];
  /** Writes `columns.length` numbers at `out[offset]`. Allocates nothing. */
  extract(image: GrayImage, out: Float32Array, offset: number): void;
}
