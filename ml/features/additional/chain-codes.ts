import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

const ZONES = 2;
const CODES = ['e', 'se', 's', 'sw', 'w', 'nw', 'n', 'ne', 'outward', 'inward'];
const OUTWARD = 8, INWARD = 9;
const NONE = 255;

/*
 * The contour runs between pixels with the ink on its right. Where four pixels meet it comes in along one side of a pixel and
 * leaves along another: both steps together are one of eight directions, and a turn goes around ink or around ground.
 * By the four pixels as bits (upper left, upper right, lower left, lower right): two codes, and the kind of turn.
 */
const STEPS = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const; // east, south, west, north: their codes are 0, 2, 4, 6
const FIRST = new Uint8Array(16).fill(NONE);
const SECOND = new Uint8Array(16).fill(NONE);
const TURN = new Uint8Array(16).fill(NONE);
for (let block = 1; block < 15; block++) {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => (block >> i) & 1);
  const incoming = [!a && c, a && !b, b && !d, !c && d].flatMap((is, step) => (is ? [step] : []));
  const outgoing = [!b && d, c && !d, a && !c, !a && b].flatMap((is, step) => (is ? [step] : []));
  const count = a + b + c + d;
  const diagonal = count === 2 && a === d;
  const leave = diagonal ? incoming.map((step) => (step + 3) % 4) : outgoing; // ink that touches at a corner is joined: turn left
  [FIRST, SECOND].forEach((table, i) => {
    if (incoming[i] === undefined) return;
    const [x, y] = [STEPS[incoming[i]][0] + STEPS[leave[i]][0], STEPS[incoming[i]][1] + STEPS[leave[i]][1]];
    table[block] = ((Math.round((Math.atan2(y, x) * 4) / Math.PI) + 8) % 8);
  });
  if (count === 1) TURN[block] = OUTWARD;
  else if (count === 3 || diagonal) TURN[block] = INWARD;
}

const counts = new Uint32Array(ZONES * ZONES * CODES.length);

/**
 * Freeman's chain codes (1961) of all contours in the quarters of the image: the shares of the contour's corners where it
 * goes east, south-east ... with the ink on its right, and where it turns around ink (`outward`) or around ground (`inward`).
 * In [0, 1]; the 32 directions sum to one. Column `chain.r0c1.sw` is the upper right quarter. Zeros without ink.
 */
export const chainCodes: Part = {
  columns: Array.from({ length: ZONES * ZONES }, (_, zone) => CODES.map((code) => `chain.r${Math.floor(zone / ZONES)}c${zone % ZONES}.${code}`)).flat(),

  write(_image, { width, height, stride, cells }, out, offset) {
    const rows = zonesOf(height + 1, ZONES), columns = zonesOf(width + 1, ZONES);
    counts.fill(0);
    let length = 0;
    for (let y = 0; y <= height; y++) {
      let at = y * stride;
      let block = 0; // the frame has no ink: its two left pixels are 0
      for (let x = 0; x <= width; x++, at++) {
        block = ((block >> 1) & 5) | (cells[at + 1] << 1) | (cells[at + stride + 1] << 3);
        if (block === 0 || block === 15) continue;
        const zone = (rows[y] * ZONES + columns[x]) * CODES.length;
        const passes = SECOND[block] === NONE ? 1 : 2;
        counts[zone + FIRST[block]]++;
        if (passes === 2) counts[zone + SECOND[block]]++;
        if (TURN[block] !== NONE) counts[zone + TURN[block]] += passes;
        length += passes;
      }
    }
    for (let i = 0; i < counts.length; i++) out[offset + i] = length === 0 ? 0 : counts[i] / length;
  },
};
