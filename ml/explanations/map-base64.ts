import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';

const NOTHING = 128;
/** The part of the pixels that are as strong as a map shows: a few far stronger ones would leave the others too pale to be seen. */
const FULL = 0.01;

/** A row of numbers from 0 up as base64 of uint8, scaled so that its strongest hundredth is 255. */
export function mapBase64(maps: Matrix<Float32Array>, row: number): string {
  const { data, full } = mapOf(maps, row);
  return base64(data, (value) => 255 * Math.min(1, value / full));
}

/** A row of numbers with signs as base64 of uint8: 128 is 0, and its strongest hundredth is 255 or 1. */
export function signedMapBase64(maps: Matrix<Float32Array>, row: number): string {
  const { data, full } = mapOf(maps, row);
  return base64(data, (value) => NOTHING + (NOTHING - 1) * Math.min(1, Math.max(-1, value / full)));
}

/** A map, and the size from which on it is shown in full; its largest where nearly all of it is empty. */
function mapOf(maps: Matrix<Float32Array>, row: number): { readonly data: Float32Array; readonly full: number } {
  const { data } = rowsBetween(maps, row, row + 1);
  const sizes = data.map(Math.abs).sort().reverse();
  return { data, full: sizes[Math.floor(FULL * sizes.length)] || sizes[0] || 1 };
}

function base64(data: Float32Array, level: (value: number) => number): string {
  return Buffer.from(Uint8Array.from(data, (value) => Math.round(level(value)))).toString('base64');
}
