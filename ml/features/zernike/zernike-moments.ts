import type { GrayImage, Numbers } from '../family.js';

const DEGREE = 8;
const RADIUS = 14;
const TERMS = DEGREE + 1;

/** Degrees n and repetitions l of the moments, in mahotas's order. */
export const ORDERS: readonly { readonly n: number; readonly l: number }[] = Array.from({ length: TERMS }, (_, n) => n)
  .flatMap((n) => Array.from({ length: n + 1 }, (_, l) => ({ n, l }))).filter(({ n, l }) => (n - l) % 2 === 0);

/* A moment is a sum over monomials x^a y^b: real and imaginary weights per moment, at [(moment * TERMS + b) * TERMS + a]. */
const REAL = new Float64Array(ORDERS.length * TERMS * TERMS);
const IMAGINARY = new Float64Array(ORDERS.length * TERMS * TERMS);
ORDERS.forEach(({ n, l }, moment) => {
  for (let m = 0; m <= (n - l) / 2; m++) {
    const weight = ((n + 1) / Math.PI) * (m % 2 === 0 ? 1 : -1) * factorial(n - m)
      / (factorial(m) * factorial((n - 2 * m + l) / 2) * factorial((n - 2 * m - l) / 2));
    const k = (n - 2 * m - l) / 2; // weight * (x^2 + y^2)^k * (x + iy)^l
    for (let i = 0; i <= k; i++) {
      for (let j = 0; j <= l; j++) {
        const at = (moment * TERMS + 2 * i + j) * TERMS + 2 * (k - i) + l - j;
        const product = weight * choose(k, i) * choose(l, j);
        if (j % 2 === 0) REAL[at] += product * (j % 4 === 0 ? 1 : -1);
        else IMAGINARY[at] += product * (j % 4 === 1 ? 1 : -1);
      }
    }
  }
});

const sums = new Float64Array(TERMS * TERMS); // of ink * x^a * y^b in the disk, at [b * TERMS + a]

/**
 * Writes the 25 magnitudes of `mahotas.features.zernike_moments(image, radius=14, degree=8)`. The 45 moments of the ink in
 * the disk are summed once, row by row; every Zernike moment is a fixed combination of them. Zeros without ink.
 */
export function zernikeMoments(image: GrayImage, out: Numbers, offset: number): void {
  if (!sumMonomials(image)) {
    out.fill(0, offset, offset + ORDERS.length);
    return;
  }
  const mass = sums[0];
  for (let moment = 0; moment < ORDERS.length; moment++) {
    const degree = ORDERS[moment].n;
    let real = 0, imaginary = 0;
    for (let b = 0; b <= degree; b++) {
      const row = (moment * TERMS + b) * TERMS;
      for (let a = (degree - b) & 1; a <= degree - b; a += 2) { // only sums of the degree's own parity have a weight
        const sum = sums[b * TERMS + a];
        real += REAL[row + a] * sum;
        imaginary += IMAGINARY[row + a] * sum;
      }
    }
    out[offset + moment] = Math.sqrt(real * real + imaginary * imaginary) / mass;
  }
}

/** False where no ink lies in the disk: none at all, or all of it far from its own centre. */
function sumMonomials({ width, height, pixels }: GrayImage): boolean {
  let mass = 0, massX = 0, massY = 0;
  for (let y = 0, at = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const ink = pixels[at++];
      row += ink;
      massX += ink * x;
    }
    mass += row;
    massY += row * y;
  }
  if (mass === 0) return false;
  const centreX = massX / mass, centreY = massY / mass;
  sums.fill(0);
  const first = Math.max(0, Math.floor(centreY - RADIUS)), last = Math.min(height - 1, Math.ceil(centreY + RADIUS));
  const left = Math.max(0, Math.floor(centreX - RADIUS)), right = Math.min(width - 1, Math.ceil(centreX + RADIUS));
  for (let y = first; y <= last; y++) {
    const v = (y - centreY) / RADIUS;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0;
    for (let x = left, at = y * width + left; x <= right; x++) {
      let power: number = pixels[at++];
      if (power === 0) continue;
      const u = (x - centreX) / RADIUS;
      if (Math.sqrt(u * u + v * v) > 1) continue;
      s0 += power;
      s1 += power *= u;
      s2 += power *= u;
      s3 += power *= u;
      s4 += power *= u;
      s5 += power *= u;
      s6 += power *= u;
      s7 += power *= u;
      s8 += power * u;
    }
    if (s0 === 0) continue;
    for (let b = 0, power = 1, at = 0; b < TERMS; b++, power *= v, at = b * TERMS) {
      sums[at] += power * s0;
      sums[at + 1] += power * s1;
      sums[at + 2] += power * s2;
      sums[at + 3] += power * s3;
      sums[at + 4] += power * s4;
      sums[at + 5] += power * s5;
      sums[at + 6] += power * s6;
      sums[at + 7] += power * s7;
      sums[at + 8] += power * s8;
    }
  }
  return sums[0] > 0;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function choose(n: number, k: number): number {
  return factorial(n) / (factorial(k) * factorial(n - k));
}
