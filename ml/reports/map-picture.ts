import { PNG } from 'pngjs';
import { EMBEDDING_SCALE } from '../../shared/analysis/embedding.js';
import { DIGIT_COLOURS } from './digit-colours.js';

/** Pixels of a side: shown at about half the size, so that the dots' edges are smooth. */
const SIDE = 1000;
const EDGE = 8;

/** Points of a map, in units of EMBEDDING_SCALE, and their digits. */
export interface MapPoints {
  readonly positions: Uint16Array;
  readonly labels: Uint8Array;
}

/** A map as a PNG data URI: one dot an image, coloured by its digit, on clear ground. Points given later are drawn over earlier ones. */
export function mapPicture({ positions, labels }: MapPoints): string {
  const png = new PNG({ width: SIDE, height: SIDE });
  const pixels = new Uint32Array(png.data.buffer, png.data.byteOffset, SIDE * SIDE);
  const colours = DIGIT_COLOURS.map(pixelOf);
  const scale = (SIDE - 1 - 2 * EDGE) / EMBEDDING_SCALE;
  const dot = dotOf(radiusFor(labels.length));
  labels.forEach((label, i) => {
    const centre = EDGE + Math.round(positions[2 * i] * scale) + SIDE * (EDGE + Math.round(positions[2 * i + 1] * scale));
    for (const offset of dot) pixels[centre + offset] = colours[label];
  });
  const bytes = PNG.sync.write(png, { colorType: 6, inputColorType: 6, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

/** Dots of a radius with which the points of a map that is filled evenly would just touch, but neither specks nor blots. */
function radiusFor(count: number): number {
  return Math.min(5, Math.max(1.5, (0.3 * SIDE) / Math.sqrt(count)));
}

function dotOf(radius: number): number[] {
  const reach = Math.floor(radius);
  const offsets: number[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= radius * radius) offsets.push(SIDE * y + x);
  }
  return offsets;
}

/** An opaque pixel as it lies in memory (red, green, blue, alpha). */
function pixelOf(colour: string): number {
  const rgb = parseInt(colour.slice(1), 16);
  return new Uint32Array(Uint8Array.of(rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255).buffer)[0];
}
