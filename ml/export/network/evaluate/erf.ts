/** The error function to double precision: its Taylor series near 0, elsewhere the continued fraction of its complement (Abramowitz and Stegun 7.1.5, 7.1.14). */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size > 2.5) {
    let fraction = size;
    for (let k = 60; k >= 1; k--) fraction = size + k / 2 / fraction;
    return Math.sign(x) * (1 - Math.exp(-size * size) / (fraction * Math.sqrt(Math.PI)));
  }
  let [term, sum] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
