import type { GrayImage, Numbers } from '../family.js';
import { twiddlesOf } from './twiddles.js';

let real = new Float64Array(0); // of the rows' transforms, [height, frequencies]
let imaginary = new Float64Array(0);
let filled = new Uint16Array(0); // rows with ink

/**
 * Writes the magnitudes of the two-dimensional discrete Fourier transform of `image / 255` at the frequencies (u across,
 * v down) with 0 <= u < across and v from -down to down, as `abs(numpy.fft.fft2(image / 255))` has them; row by row,
 * v ascending from -down. Rows without ink cost nothing.
 */
export function lowMagnitudes(image: GrayImage, across: number, down: number, out: Numbers, offset: number): void {
  const rows = transformRows(image, across);
  for (let v = -down, at = offset; v <= down; v++) {
    for (let u = 0; u < across; u++) out[at++] = magnitude(rows, u, across, v < 0 ? v + image.height : v, image.height);
  }
}

/** Writes `abs(numpy.fft.fft2(image / 255))`, height x width numbers; the half that mirrors the other is copied. */
export function magnitudes(image: GrayImage, out: Numbers, offset: number): void {
  const { width, height } = image;
  const half = (width >> 1) + 1;
  const rows = transformRows(image, half);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < half; u++) {
      const value = magnitude(rows, u, half, v, height);
      out[offset + v * width + u] = value;
      if (u > 0) out[offset + ((height - v) % height) * width + width - u] = value;
    }
  }
}

/** @returns how many rows have ink: `filled` names them. */
function transformRows({ width, height, pixels }: GrayImage, frequencies: number): number {
  if (real.length < height * frequencies) [real, imaginary] = [new Float64Array(height * frequencies), new Float64Array(height * frequencies)];
  if (filled.length < height) filled = new Uint16Array(height);
  const { cosines, sines } = twiddlesOf(width);
  let rows = 0;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let left = 0, right = width;
    while (left < width && pixels[start + left] === 0) left++;
    if (left === width) continue;
    while (pixels[start + right - 1] === 0) right--;
    filled[rows++] = y;
    for (let u = 0; u < frequencies; u++) {
      let re = 0, im = 0;
      for (let x = left, turn = (u * left) % width; x < right; x++) {
        const value = pixels[start + x];
        re += value * cosines[turn];
        im -= value * sines[turn];
        turn += u;
        if (turn >= width) turn -= width;
      }
      real[y * frequencies + u] = re / 255;
      imaginary[y * frequencies + u] = im / 255;
    }
  }
  return rows;
}

function magnitude(rows: number, u: number, frequencies: number, v: number, height: number): number {
  const { cosines, sines } = twiddlesOf(height);
  let re = 0, im = 0;
  for (let row = 0; row < rows; row++) {
    const y = filled[row];
    const turn = (v * y) % height;
    const c = cosines[turn], s = sines[turn];
    const a = real[y * frequencies + u], b = imaginary[y * frequencies + u];
    re += a * c + b * s;
    im += b * c - a * s;
  }
  return Math.sqrt(re * re + im * im);
}
