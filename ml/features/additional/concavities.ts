import { zoneSizes } from '../ink/zone-sizes.js';
import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

const ZONES = 4; // a side
const KINDS = ['open-left', 'open-right', 'open-up', 'open-down', 'closed'];
const LEFT = 1, RIGHT = 2, UP = 4, DOWN = 8; // sides on which there is ink

/** The kind for the sides that have ink; 255 where two or more have none. */
const KIND_OF = new Uint8Array(16).fill(255);
[RIGHT | UP | DOWN, LEFT | UP | DOWN, LEFT | RIGHT | DOWN, LEFT | RIGHT | UP, LEFT | RIGHT | UP | DOWN].forEach((sides, kind) => { KIND_OF[sides] = kind; });

let seen = new Uint8Array(0);
const ground = new Uint16Array(ZONES * ZONES * KINDS.length);

/**
 * Concavities: pixels of the ground that have ink on three sides (a bay, open on the fourth) or on all four, as shares of each
 * zone of a 4 x 4 grid, in [0, 1]. The concavity part of the GSC features (Favata and Srikantan, 1996). Column
 * `concavities.r1c2.open-left` is the second row, third column: bays that open to the left, as in a 3.
 */
export const concavities: Part = {
  columns: Array.from({ length: ZONES * ZONES }, (_, zone) => KINDS.map((kind) => `concavities.r${Math.floor(zone / ZONES)}c${zone % ZONES}.${kind}`)).flat(),

  write(_image, { width, height, stride, cells }, out, offset) {
    if (seen.length !== cells.length) seen = new Uint8Array(cells.length);
    const rows = zonesOf(height, ZONES), columns = zonesOf(width, ZONES);
    ground.fill(0);
    for (let y = 1; y <= height; y++) { // downwards: what is above is known, and what is to the left
      let left = 0;
      for (let at = y * stride + 1, end = at + width; at < end; at++) {
        if (cells[at] === 1) left = LEFT;
        const above = cells[at - stride] === 1 ? UP : y === 1 ? 0 : seen[at - stride] & UP;
        seen[at] = left | above;
      }
    }
    for (let y = height; y >= 1; y--) {
      let right = 0;
      for (let x = width, at = y * stride + width; x >= 1; x--, at--) {
        if (cells[at] === 1) right = RIGHT;
        const below = cells[at + stride] === 1 ? DOWN : y === height ? 0 : seen[at + stride] & DOWN;
        const sides = seen[at] | right | below;
        seen[at] = sides;
        const kind = KIND_OF[sides];
        if (cells[at] === 0 && kind !== 255) ground[(rows[y - 1] * ZONES + columns[x - 1]) * KINDS.length + kind]++;
      }
    }
    const heights = zoneSizes(height, ZONES), widths = zoneSizes(width, ZONES);
    for (let zone = 0, i = 0; zone < ZONES * ZONES; zone++) {
      const area = heights[Math.floor(zone / ZONES)] * widths[zone % ZONES];
      for (let kind = 0; kind < KINDS.length; kind++, i++) out[offset + i] = area === 0 ? 0 : ground[i] / area;
    }
  },
};
