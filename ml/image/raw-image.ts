/** A picture of any size and polarity: one byte of brightness a pixel, row by row. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}
