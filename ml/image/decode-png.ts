import { PNG } from 'pngjs';
import { InvalidDataError } from '../../shared/errors.js';
import type { RawImage } from './raw-image.js';

/**
 * The brightness of a PNG's pixels (Rec. 601 luma), laid on white where it is transparent. A picture whose colour is the
 * same everywhere, so that only its transparency draws, gives its opacity, dark on white.
 * @throws InvalidDataError naming the file when the bytes are no whole PNG.
 */
export function decodePng(bytes: Uint8Array, name: string): RawImage {
  const { width, height, data } = readPng(bytes, name);
  const pixels = new Uint8Array(width * height);
  let [darkest, brightest, clearest] = [255, 0, 255];
  for (let i = 0; i < pixels.length; i++) {
    const luma = (299 * data[4 * i] + 587 * data[4 * i + 1] + 114 * data[4 * i + 2]) / 1000;
    const alpha = data[4 * i + 3];
    pixels[i] = Math.round(255 + ((luma - 255) * alpha) / 255);
    darkest = Math.min(darkest, pixels[i]);
    brightest = Math.max(brightest, pixels[i]);
    clearest = Math.min(clearest, alpha);
  }
  if (darkest === brightest && clearest < 255) { // white ink on nothing
    for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - data[4 * i + 3];
  }
  return { width, height, pixels };
}

function readPng(bytes: Uint8Array, name: string): PNG {
  try {
    return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidDataError(`${name}: not a whole PNG image (${bytes.length} bytes: ${reason}). Save the picture again as PNG.`, { cause: error });
  }
}
