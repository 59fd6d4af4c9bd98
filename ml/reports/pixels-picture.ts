import { digitPicture } from './digit-picture.js';

/** A picture kept in JSON (base64 of width x height uint8) as a PNG data URI. */
export function pixelsPicture(pixels: string, { width, height }: { readonly width: number; readonly height: number }): string {
  return digitPicture({ width, height, pixels: new Uint8Array(Buffer.from(pixels, 'base64')) });
}
