import type { InkMask } from '../ink/ink-mask.js';

/** Pixels of the thinned ink: all, those where a stroke ends, and those where strokes meet. */
export interface Skeleton {
  length: number;
  ends: number;
  junctions: number;
}

/* By the eight neighbours as bits, clockwise from above: how many there are, how often ink begins on the way round, and whether each of the two passes may delete the middle. */
const NEIGHBOURS = new Uint8Array(256);
const BEGINNINGS = new Uint8Array(256);
const DELETES = [new Uint8Array(256), new Uint8Array(256)];
for (let bits = 0; bits < 256; bits++) {
  const has = (i: number): number => (bits >> (i % 8)) & 1;
  for (let i = 0; i < 8; i++) {
    NEIGHBOURS[bits] += has(i);
    if (has(i) === 0 && has(i + 1) === 1) BEGINNINGS[bits]++;
  }
  const [up, right, down, left] = [has(0), has(2), has(4), has(6)];
  const border = NEIGHBOURS[bits] >= 2 && NEIGHBOURS[bits] <= 6 && BEGINNINGS[bits] === 1;
  DELETES[0][bits] = border && up * right * down === 0 && right * down * left === 0 ? 1 : 0;
  DELETES[1][bits] = border && up * right * left === 0 && up * down * left === 0 ? 1 : 0;
}

const found: Skeleton = { length: 0, ends: 0, junctions: 0 };
let thin = new Uint8Array(0);
let ink = new Int32Array(0); // positions that are left
let doomed = new Int32Array(0);

/**
 * Thins the ink to lines (Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", 1984) and counts what
 * they look like. The answer is valid until the next call.
 */
export function skeleton({ width, height, stride, cells }: InkMask): Skeleton {
  if (thin.length !== cells.length) [thin, ink, doomed] = [new Uint8Array(cells.length), new Int32Array(cells.length), new Int32Array(cells.length)];
  thin.set(cells);
  let length = 0;
  for (let y = 1; y <= height; y++) {
    for (let at = y * stride + 1, end = at + width; at < end; at++) if (thin[at] === 1) ink[length++] = at;
  }
  for (let still = 0, pass = 0; still < 2; pass ^= 1) { // until both passes delete nothing
    const left = deleteBorder(length, stride, DELETES[pass]);
    still = left === length ? still + 1 : 0;
    length = left;
  }
  found.length = length;
  found.ends = 0;
  found.junctions = 0;
  for (let i = 0; i < length; i++) {
    const bits = around(ink[i], stride);
    if (NEIGHBOURS[bits] === 1) found.ends++;
    if (BEGINNINGS[bits] >= 3) found.junctions++;
  }
  return found;
}

/** @returns how many positions are left in `ink`. */
function deleteBorder(length: number, stride: number, deletes: Uint8Array): number {
  let kept = 0, gone = 0;
  for (let i = 0; i < length; i++) {
    const at = ink[i];
    if (deletes[around(at, stride)] === 1) doomed[gone++] = at;
    else ink[kept++] = at;
  }
  for (let i = 0; i < gone; i++) thin[doomed[i]] = 0; // all at once: the pass has seen them all
  return kept;
}

function around(at: number, stride: number): number {
  const above = at - stride, below = at + stride;
  return thin[above] | (thin[above + 1] << 1) | (thin[at + 1] << 2) | (thin[below + 1] << 3)
    | (thin[below] << 4) | (thin[below - 1] << 5) | (thin[at - 1] << 6) | (thin[above - 1] << 7);
}
