import { InvalidDataError } from '../../shared/errors.js';
import type { GrayImage } from '../features/family.js';
import { borderOf } from './border.js';
import type { RawImage } from './raw-image.js';
import { resize } from './resize.js';

/** Side of an MNIST image and of the box within it that a digit's longer side fills. */
export const MNIST_SIDE = 28;
const BOX = 20;

const MIN_CONTRAST = 24; // of 255 between the darkest and the brightest pixel
const FAINTEST_INK = 0.05; // of the brightest ink
const SPREADS = 4; // ink stands out from the ground's unevenness by so much

/**
 * Brings a picture of one digit, of any size and polarity, to MNIST's form: 28 x 28, bright ink on black.
 *
 * The ground is read from the border. A picture of 28 x 28 is taken to be in MNIST's form already, apart from its
 * polarity. Others go through MNIST's own procedure (http://yann.lecun.com/exdb/mnist): cropped to the ink, the longer
 * side scaled to 20 pixels with anti-aliasing, the centre of mass put in the middle.
 * @param name names the picture in errors.
 * @throws InvalidDataError when the picture is blank.
 */
export function toMnistForm(image: RawImage, name = 'image'): GrayImage {
  const bright = inkBright(image, name);
  if (image.width === MNIST_SIDE && image.height === MNIST_SIDE) return bright;
  const inked = withoutGround(bright);
  const box = crop(inked, name);
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  return centred(resize(box, { width, height }), width, height);
}

/** The picture with bright ink: inverted where its border is nearer to its brightest pixel than to its darkest. */
function inkBright(image: RawImage, name: string): GrayImage {
  let [darkest, brightest] = [255, 0];
  for (const value of image.pixels) {
    if (value < darkest) darkest = value;
    if (value > brightest) brightest = value;
  }
  if (brightest - darkest < MIN_CONTRAST) {
    throw new InvalidDataError(
      `${name}: the picture is blank: its ${image.width} x ${image.height} pixels lie between ${darkest} and ${brightest} of 255. `
      + 'Expected one digit that stands out from its ground: write it darker, or crop the picture to it.',
    );
  }
  if (borderOf(image).mean * 2 <= darkest + brightest) return image;
  return { width: image.width, height: image.height, pixels: image.pixels.map((value) => 255 - value) };
}

/** Ink alone: the ground is 0, the brightest ink 255. */
function withoutGround(image: GrayImage): GrayImage {
  const { median, spread } = borderOf(image);
  const brightest = image.pixels.reduce((max, value) => Math.max(max, value), 0);
  const range = brightest - median;
  const threshold = Math.min(Math.max(FAINTEST_INK * range, SPREADS * spread), range / 2);
  const pixels = image.pixels.map((value) => (value - median <= threshold ? 0 : Math.round(((value - median) * 255) / range)));
  return { width: image.width, height: image.height, pixels };
}

function crop({ width, height, pixels }: GrayImage, name: string): GrayImage {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) throw new InvalidDataError(`${name}: no ink stands out from the ground; crop the picture to the digit.`);
  const box = { width: right - left + 1, height: bottom - top + 1 };
  const cropped = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (top + y) * width + left;
    cropped.set(pixels.subarray(start, start + box.width), y * box.width);
  }
  return { ...box, pixels: cropped };
}

/** Puts the box's centre of mass at the middle of the image, as far as the box stays inside. */
function centred(box: Float32Array, width: number, height: number): GrayImage {
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = box[y * width + x];
      mass += ink;
      massX += ink * (x + 0.5);
      massY += ink * (y + 0.5);
    }
  }
  const left = placed(massX / mass, width);
  const top = placed(massY / mass, height);
  const pixels = new Uint8Array(MNIST_SIDE * MNIST_SIDE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[(top + y) * MNIST_SIDE + left + x] = Math.round(box[y * width + x]);
  }
  return { width: MNIST_SIDE, height: MNIST_SIDE, pixels };
}

/** In all of MNIST the centre of mass lies between 14 and 15 pixels from the edge, hence rounded up. */
function placed(centre: number, length: number): number {
  return Math.min(Math.max(Math.ceil(MNIST_SIDE / 2 - centre), 0), MNIST_SIDE - length);
}
