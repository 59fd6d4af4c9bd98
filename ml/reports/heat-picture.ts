import { PNG } from 'pngjs';

/** Levels of heat and of ink that are told apart: more are not seen at this size, and the file grows with them. */
const HEAT_LEVELS = 10;
const INK_LEVELS = 3;
/** How dark the digit lies under the heat, as a part of black. */
const UNDER = 0.3;

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** An image and a map over it, each base64 of width x height uint8. */
export interface HeatPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
  readonly map: string;
}

/** A map from 0 (clear) to 255 (the colour) over the image in pale grey, as a PNG data URI. Library: pngjs. */
export function heatPicture(picture: HeatPicture, colour: Colour): string {
  return overlay(picture, (level) => [level / 255, colour]);
}

/** A map whose 128 is clear, over the image in pale grey: up to the first colour at 255, down to the second at 1. */
export function signedHeatPicture(picture: HeatPicture, above: Colour, below: Colour): string {
  return overlay(picture, (level) => [Math.abs(level - 128) / 127, level > 128 ? above : below]);
}

function overlay({ width, height, pixels, map }: HeatPicture, heatOf: (level: number) => readonly [heat: number, colour: Colour]): string {
  const [ink, levels] = [pixels, map].map((base64) => Buffer.from(base64, 'base64'));
  const png = new PNG({ width, height });
  png.data.fill(255);
  for (let i = 0; i < width * height; i++) {
    const [heat, colour] = heatOf(levels[i]);
    const opacity = Math.min(1, Math.round(heat * HEAT_LEVELS) / HEAT_LEVELS);
    const paper = 255 * (1 - (UNDER * Math.round((ink[i] / 255) * INK_LEVELS)) / INK_LEVELS);
    png.data.set(colour.map((value) => Math.round(paper + (value - paper) * opacity)), 4 * i);
  }
  const bytes = PNG.sync.write(png, { colorType: 2, inputColorType: 6, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });
  return `data:image/png;base64,${bytes.toString('base64')}`;
}
