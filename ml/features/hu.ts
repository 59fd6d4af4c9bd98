import type { FeatureFamily, GrayImage, Numbers } from './family.js';

/**
 * Hu's seven moment invariants (Hu, "Visual pattern recognition by moment invariants", 1962) as `cv2.HuMoments` gives them
 * for pixels of 0..255: unchanged by shifts, turns and scale; the seventh changes its sign in a mirror. Small numbers of
 * any sign, zero without ink.
 */
export const family: FeatureFamily = {
  name: 'hu',
  columns: Array.from({ length: 7 }, (_, i) => `hu.${i + 1}`),
  extract: huMoments,
};

/** Writes the seven numbers. */
export function huMoments({ width, height, pixels }: GrayImage, out: Numbers, offset: number): void {
  let m00 = 0, m10 = 0, m01 = 0, m20 = 0, m11 = 0, m02 = 0, m30 = 0, m21 = 0, m12 = 0, m03 = 0;
  const middleX = width >> 1, middleY = height >> 1; // sums about the middle stay small, and whole
  for (let y = 0, at = 0; y < height; y++) {
    let r0 = 0, r1 = 0, r2 = 0, r3 = 0;
    for (let x = -middleX; x < width - middleX; x++) {
      const value = pixels[at++];
      if (value === 0) continue;
      const vx = value * x, vxx = vx * x;
      r0 += value;
      r1 += vx;
      r2 += vxx;
      r3 += vxx * x;
    }
    const v = y - middleY;
    m00 += r0; m10 += r1; m20 += r2; m30 += r3;
    m01 += v * r0; m11 += v * r1; m21 += v * r2;
    m02 += v * v * r0; m12 += v * v * r1;
    m03 += v * v * v * r0;
  }
  if (m00 === 0) {
    out.fill(0, offset, offset + 7);
    return;
  }
  const x = m10 / m00, y = m01 / m00;
  const second = 1 / (m00 * m00);
  const third = second / Math.sqrt(m00);
  const n20 = (m20 - x * m10) * second, n11 = (m11 - x * m01) * second, n02 = (m02 - y * m01) * second;
  const n30 = (m30 - 3 * x * m20 + 2 * x * x * m10) * third;
  const n21 = (m21 - 2 * x * m11 - y * m20 + 2 * x * x * m01) * third;
  const n12 = (m12 - 2 * y * m11 - x * m02 + 2 * y * y * m10) * third;
  const n03 = (m03 - 3 * y * m02 + 2 * y * y * m01) * third;
  invariants(n20, n11, n02, n30, n21, n12, n03, out, offset);
}

function invariants(
  n20: number, n11: number, n02: number, n30: number, n21: number, n12: number, n03: number, out: Numbers, offset: number,
): void {
  const s = n20 + n02, d = n20 - n02;
  const a = n30 - 3 * n12, b = 3 * n21 - n03;
  const t0 = n30 + n12, t1 = n21 + n03;
  const q0 = t0 * t0, q1 = t1 * t1;
  out[offset] = s;
  out[offset + 1] = d * d + 4 * n11 * n11;
  out[offset + 2] = a * a + b * b;
  out[offset + 3] = q0 + q1;
  out[offset + 4] = a * t0 * (q0 - 3 * q1) + b * t1 * (3 * q0 - q1);
  out[offset + 5] = d * (q0 - q1) + 4 * n11 * t0 * t1;
  out[offset + 6] = b * t0 * (q0 - 3 * q1) - a * t1 * (3 * q0 - q1);
}
