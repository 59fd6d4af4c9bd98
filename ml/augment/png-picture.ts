import type { PngPicture } from '../../shared/analysis/augmentation.js';

const WIDTH_AT = 16; // of a PNG file: signature, then the header chunk
const HEIGHT_AT = 20;

/** A PNG file as a JSON artifact holds it. */
export function pngPicture(png: Uint8Array): PngPicture {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(WIDTH_AT), height: view.getUint32(HEIGHT_AT), png: Buffer.from(png).toString('base64') };
}
