import type { GrayImage } from '../family.js';
import type { Part } from './part.js';

const DEPTH = 3;
const NODES = (4 ** DEPTH - 1) / 3;
const corners = new Uint16Array(NODES * 4); // left, top, right, bottom of each node, the last two beyond it

/**
 * A quad-tree that is cut where the ink is: each rectangle at the centre of mass of its ink, into four, twice. The numbers are
 * those 21 centres (Vamvakas, Gatos and Perantonis, 2010), `quads.0.x` of the whole image, `quads.2.y` of its upper right part,
 * `quads.5.x` of the upper left part of the upper left part; in shares of the image's sides, in [0, 1]. An empty rectangle has its middle.
 */
export const quadTree: Part = {
  columns: Array.from({ length: NODES }, (_, node) => [`quads.${node}.x`, `quads.${node}.y`]).flat(),

  write(image, _mask, out, offset) {
    setNode(0, 0, 0, image.width, image.height);
    for (let node = 0; node < NODES; node++) cut(image, node, out, offset + 2 * node);
  },
};

function cut({ width, height, pixels }: GrayImage, node: number, out: Float32Array, at: number): void {
  const left = corners[4 * node], top = corners[4 * node + 1], right = corners[4 * node + 2], bottom = corners[4 * node + 3];
  let mass = 0, massX = 0, massY = 0;
  for (let y = top; y < bottom; y++) {
    let row = 0;
    for (let x = left, from = y * width + left; x < right; x++) {
      const ink = pixels[from++];
      row += ink;
      massX += ink * x;
    }
    mass += row;
    massY += row * y;
  }
  const x = mass === 0 ? (left + right) / 2 : massX / mass + 0.5; // the middle of a pixel
  const y = mass === 0 ? (top + bottom) / 2 : massY / mass + 0.5;
  out[at] = x / width;
  out[at + 1] = y / height;
  const child = 4 * node + 1;
  if (child >= NODES) return;
  const middleX = Math.round(x), middleY = Math.round(y);
  setNode(child, left, top, middleX, middleY);
  setNode(child + 1, middleX, top, right, middleY);
  setNode(child + 2, left, middleY, middleX, bottom);
  setNode(child + 3, middleX, middleY, right, bottom);
}

function setNode(node: number, left: number, top: number, right: number, bottom: number): void {
  corners[4 * node] = left;
  corners[4 * node + 1] = top;
  corners[4 * node + 2] = right;
  corners[4 * node + 3] = bottom;
}
