import type { Images } from '../../data/decode-images.js';

/**
 * The images with their centres of mass where MNIST puts them, moved by whole pixels: copies that differ by a shift become
 * equal. MNIST's own images do not move. What leaves the frame is lost; blank images stay.
 */
export function recentred({ pixels, width, height }: Images): Uint8Array {
  const { rows, columns, data } = pixels;
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let [mass, massX, massY] = [0, 0, 0];
    for (let y = 0, at = from; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const ink = data[at];
        mass += ink;
        massX += ink * (x + 0.5);
        massY += ink * (y + 0.5);
      }
    }
    const right = mass > 0 ? Math.ceil(width / 2 - massX / mass) : 0;
    const down = mass > 0 ? Math.ceil(height / 2 - massY / mass) : 0;
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      const left = Math.max(0, -right);
      const end = Math.min(width, width - right);
      const start = from + y * width;
      out.set(data.subarray(start + left, start + end), from + (y + down) * width + left + right);
    }
  }
  return out;
}
