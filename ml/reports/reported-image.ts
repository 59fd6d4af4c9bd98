/** A grey image. */
export interface ReportedImage {
  readonly width: number;
  readonly height: number;
  /** 0 is ground, 255 is ink. */
  readonly pixels: Uint8Array;
}
