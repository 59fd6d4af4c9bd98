import type { GrayImage } from '../family.js';

/**
 * Of the ink as a mass, in units of the image's sides: centre in [0, 1]; spread (deviation) in [0, 0.5]; slant, the
 * correlation of x and y, in [-1, 1]; skewness and excess kurtosis along x and y; symmetry, the correlation of the image with its mirror images
 * and its half turn, as the shared part of the energy, in [0, 1]; mean steps between neighbours, in [0, 1]; the shares of ink in
 * the left and in the upper half, in [0, 1].
 */
export const PLACE_STATISTICS: readonly string[] = [
  'centre-x', 'centre-y', 'spread-x', 'spread-y', 'slant', 'skewness-x', 'skewness-y', 'kurtosis-x', 'kurtosis-y',
  'mirror-x', 'mirror-y', 'half-turn', 'steps-x', 'steps-y', 'left', 'upper',
];

let columnInk = new Float64Array(0);
let rowInk = new Float64Array(0);
const axis = { centre: 0, spread: 0, skewness: 0, kurtosis: 0 };

/** Writes the 16 numbers. Without ink the centre is the middle and the rest 0. */
export function placeStatistics(image: GrayImage, out: Float32Array, offset: number): void {
  const { width, height } = image;
  const products = project(image);
  let mass = 0;
  for (let y = 0; y < height; y++) mass += rowInk[y];
  describe(columnInk, width, mass);
  const { centre: centreX, spread: spreadX } = axis;
  out[offset] = (centreX + 0.5) / width;
  out[offset + 2] = spreadX / width;
  out[offset + 5] = axis.skewness;
  out[offset + 7] = axis.kurtosis;
  describe(rowInk, height, mass);
  out[offset + 1] = (axis.centre + 0.5) / height;
  out[offset + 3] = axis.spread / height;
  const spreads = spreadX * axis.spread;
  out[offset + 4] = spreads < 1e-9 ? 0 : (products / mass - centreX * axis.centre) / spreads;
  out[offset + 6] = axis.skewness;
  out[offset + 8] = axis.kurtosis;
  symmetry(image, out, offset + 9);
  steps(image, out, offset + 12);
  out[offset + 14] = mass === 0 ? 0 : firstHalf(columnInk, width) / mass;
  out[offset + 15] = mass === 0 ? 0 : firstHalf(rowInk, height) / mass;
}

/** Sums the ink of rows and columns. @returns the sum of ink * x * y. */
function project({ width, height, pixels }: GrayImage): number {
  if (columnInk.length < width) columnInk = new Float64Array(width);
  if (rowInk.length < height) rowInk = new Float64Array(height);
  columnInk.fill(0);
  let products = 0;
  for (let y = 0, at = 0; y < height; y++) {
    let ink = 0, moment = 0;
    for (let x = 0; x < width; x++) {
      const value = pixels[at++];
      if (value === 0) continue;
      ink += value;
      moment += value * x;
      columnInk[x] += value;
    }
    rowInk[y] = ink;
    products += moment * y;
  }
  return products;
}

function describe(ink: Float64Array, length: number, mass: number): void {
  let first = 0, second = 0, third = 0, fourth = 0;
  for (let i = 0; i < length; i++) first += ink[i] * i;
  axis.centre = mass === 0 ? (length - 1) / 2 : first / mass;
  for (let i = 0; i < length; i++) {
    const away = i - axis.centre;
    const square = ink[i] * away * away;
    second += square;
    third += square * away;
    fourth += square * away * away;
  }
  const variance = mass === 0 ? 0 : second / mass;
  const flat = variance < 1e-9;
  axis.spread = Math.sqrt(variance);
  axis.skewness = flat ? 0 : third / (mass * variance * axis.spread);
  axis.kurtosis = flat ? 0 : fourth / (mass * variance * variance) - 3;
}

function symmetry({ width, height, pixels }: GrayImage, out: Float32Array, offset: number): void {
  let energy = 0, mirrorX = 0, mirrorY = 0, turned = 0;
  for (let y = 0, at = 0; y < height; y++) {
    const below = (height - 1 - y) * width;
    for (let x = 0; x < width; x++, at++) {
      const value = pixels[at];
      if (value === 0) continue;
      energy += value * value;
      mirrorX += value * pixels[y * width + width - 1 - x];
      mirrorY += value * pixels[below + x];
      turned += value * pixels[below + width - 1 - x];
    }
  }
  out[offset] = energy === 0 ? 0 : mirrorX / energy;
  out[offset + 1] = energy === 0 ? 0 : mirrorY / energy;
  out[offset + 2] = energy === 0 ? 0 : turned / energy;
}

function steps({ width, height, pixels }: GrayImage, out: Float32Array, offset: number): void {
  let across = 0, down = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 1, at = y * width + 1; x < width; x++, at++) across += Math.abs(pixels[at] - pixels[at - 1]);
  }
  for (let at = width; at < width * height; at++) down += Math.abs(pixels[at] - pixels[at - width]);
  out[offset] = across / (255 * width * height);
  out[offset + 1] = down / (255 * width * height);
}

function firstHalf(ink: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length >> 1; i++) sum += ink[i];
  return sum;
}
