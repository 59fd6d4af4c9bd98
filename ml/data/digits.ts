/** Grey images of one size, one after the other, row by row; one byte a pixel. */
export interface Images {
  readonly rows: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** Images and what they show (0..9). */
export interface Digits extends Images {
  readonly labels: Uint8Array;
}

/** A data set as a source gives it. `test` is absent where the source does not name one. */
export interface SourceDigits {
  readonly train: Digits;
  readonly test?: Digits;
  /** What was found out about the source, for people. */
  readonly notes: readonly string[];
}
