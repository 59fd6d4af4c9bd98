import { PNG } from 'pngjs';

/** A PNG file from a function that gives each pixel's red, green, blue and opacity. */
export function pngBytes(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number, number]): Uint8Array {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) png.data.set(colour(x, y), 4 * (y * width + x));
  }
  return new Uint8Array(PNG.sync.write(png));
}

/** A grey PNG file of the given pixels. */
export function grayPng({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }): Uint8Array {
  return pngBytes(width, height, (x, y) => {
    const value = pixels[y * width + x] ?? 0;
    return [value, value, value, 255];
  });
}
