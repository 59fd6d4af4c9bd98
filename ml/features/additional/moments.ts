import type { GrayImage } from '../family.js';
import type { Part } from './part.js';

const ORDER = 6;
const TERMS = ORDER + 1;
const POWERS = Array.from({ length: ORDER - 1 }, (_, i) => i + 2).flatMap((order) => Array.from({ length: order + 1 }, (_, q) => ({ p: order - q, q })));
const POSITIONS = Uint8Array.from(POWERS, ({ p, q }) => q * TERMS + p);
const sums = new Float64Array(TERMS * TERMS); // of ink * u^p * v^q, at [q * TERMS + p]

/**
 * Central moments of the ink of order 2 to 6: the mean of u^p v^q, where u and v are measured from the centre of mass in units of the ink's
 * radius of gyration. Unchanged by shifts and scale; those of order 2 lie in [-1, 1] and `moments.p2q0` and `moments.p0q2`
 * sum to one, the others are of any size, for a digit below 30. Zeros for no ink and for a single pixel.
 */
export const moments: Part = {
  columns: POWERS.map(({ p, q }) => `moments.p${p}q${q}`),

  write(image, _mask, out, offset) {
    const known = sumPowers(image);
    for (let i = 0; i < POSITIONS.length; i++) out[offset + i] = known ? sums[POSITIONS[i]] / sums[0] : 0;
  },
};

function sumPowers({ width, height, pixels }: GrayImage): boolean {
  let mass = 0, massX = 0, massY = 0, squares = 0;
  for (let y = 0, at = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const ink = pixels[at++];
      if (ink === 0) continue;
      row += ink;
      massX += ink * x;
      squares += ink * x * x;
    }
    mass += row;
    massY += row * y;
    squares += row * y * y;
  }
  if (mass === 0) return false;
  const centreX = massX / mass, centreY = massY / mass;
  const radius = Math.sqrt(Math.max(0, squares / mass - centreX * centreX - centreY * centreY));
  if (radius < 1e-3) return false; // one pixel: rounding is all that is left
  sums.fill(0);
  for (let y = 0, at = 0; y < height; y++) {
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0;
    for (let x = 0; x < width; x++) {
      let power: number = pixels[at++];
      if (power === 0) continue;
      const u = (x - centreX) / radius;
      s0 += power;
      s1 += power *= u;
      s2 += power *= u;
      s3 += power *= u;
      s4 += power *= u;
      s5 += power *= u;
      s6 += power * u;
    }
    if (s0 === 0) continue;
    const v = (y - centreY) / radius;
    for (let q = 0, power = 1, to = 0; q < TERMS; q++, power *= v, to += TERMS) {
      sums[to] += power * s0;
      sums[to + 1] += power * s1;
      sums[to + 2] += power * s2;
      sums[to + 3] += power * s3;
      sums[to + 4] += power * s4;
      sums[to + 5] += power * s5;
      sums[to + 6] += power * s6;
    }
  }
  return true;
}
