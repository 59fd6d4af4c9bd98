import type { InkMask } from '../ink/ink-mask.js';

/** Connected regions of ink and ground. */
export interface Regions {
  parts: number;
  holes: number;
  holeArea: number;
}

const found: Regions = { parts: 0, holes: 0, holeArea: 0 };
let state = new Uint8Array(0); // 0 ground and 1 ink not seen yet, 2 seen
let stack = new Int32Array(0);

/** Counts 8-connected parts of ink and 4-connected holes in it. The answer is valid until the next call. */
export function countRegions({ width, height, stride, cells }: InkMask): Regions {
  if (state.length !== cells.length) [state, stack] = [new Uint8Array(cells.length), new Int32Array(cells.length)];
  state.set(cells);
  found.parts = 0;
  found.holes = 0;
  found.holeArea = 0;
  openGround(width, height, stride);
  for (let y = 1; y <= height; y++) {
    for (let at = y * stride + 1, end = at + width; at < end; at++) {
      const value = state[at];
      if (value === 1) {
        found.parts++;
        ink(at, stride);
      } else if (value === 0) {
        found.holes++;
        found.holeArea += ground(at, stride);
      }
    }
  }
  return found;
}

/** Marks the frame, so that nothing looks beyond it, and all ground that touches it: none of that is a hole. */
function openGround(width: number, height: number, stride: number): void {
  const bottom = (height + 1) * stride;
  state.fill(2, 0, stride);
  state.fill(2, bottom, bottom + stride);
  for (let y = 1; y <= height; y++) state[y * stride] = state[y * stride + width + 1] = 2;
  for (let y = 1; y <= height; y++) {
    const edge = y === 1 || y === height;
    for (let x = 1; x <= width; x += edge || width === 1 ? 1 : width - 1) {
      if (state[y * stride + x] === 0) ground(y * stride + x, stride);
    }
  }
}

/** Marks a region of ground. @returns its pixels. */
function ground(start: number, stride: number): number {
  let length = 1, area = 0;
  state[start] = 2;
  stack[0] = start;
  while (length > 0) {
    const at = stack[--length];
    area++;
    if (state[at - 1] === 0) { state[at - 1] = 2; stack[length++] = at - 1; }
    if (state[at + 1] === 0) { state[at + 1] = 2; stack[length++] = at + 1; }
    if (state[at - stride] === 0) { state[at - stride] = 2; stack[length++] = at - stride; }
    if (state[at + stride] === 0) { state[at + stride] = 2; stack[length++] = at + stride; }
  }
  return area;
}

/** Marks a part of ink. */
function ink(start: number, stride: number): void {
  let length = 1;
  state[start] = 2;
  stack[0] = start;
  while (length > 0) {
    const at = stack[--length];
    for (let row = at - stride; row <= at + stride; row += stride) {
      for (let near = row - 1; near <= row + 1; near++) {
        if (state[near] !== 1) continue;
        state[near] = 2;
        stack[length++] = near;
      }
    }
  }
}
