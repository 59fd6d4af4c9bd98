/*
 * Homographies are 3 x 3 matrices in a Float64Array(9), row by row, that act on (right, down, 1) in pixels from the
 * centre of the image: a move about the centre then needs no shift before and after it.
 */

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Sets a homography to the one that moves nothing. */
export function setIdentity(move: Float64Array): void {
  for (let i = 0; i < 9; i++) move[i] = IDENTITY[i];
}

/** `whole` = first `whole`, then `next`. */
export function followBy(whole: Float64Array, next: Float64Array): void {
  for (let column = 0; column < 3; column++) {
    const x = whole[column];
    const y = whole[3 + column];
    const w = whole[6 + column];
    whole[column] = next[0] * x + next[1] * y + next[2] * w;
    whole[3 + column] = next[3] * x + next[4] * y + next[5] * w;
    whole[6 + column] = next[6] * x + next[7] * y + next[8] * w;
  }
}

/** Writes the inverse, scaled so that its last entry is 1; the move must be invertible and keep the centre in sight. */
export function invert(move: Float64Array, inverse: Float64Array): void {
  const [a, b, c, d, e, f, g, h, i] = [move[0], move[1], move[2], move[3], move[4], move[5], move[6], move[7], move[8]];
  const last = a * e - b * d;
  inverse[0] = (e * i - f * h) / last;
  inverse[1] = (c * h - b * i) / last;
  inverse[2] = (b * f - c * e) / last;
  inverse[3] = (f * g - d * i) / last;
  inverse[4] = (a * i - c * g) / last;
  inverse[5] = (c * d - a * f) / last;
  inverse[6] = (d * h - e * g) / last;
  inverse[7] = (b * g - a * h) / last;
  inverse[8] = 1;
}
