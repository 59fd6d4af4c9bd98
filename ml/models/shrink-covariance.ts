/** Draws a covariance [size, size] to the multiple of the identity that has its trace, in place (Friedman 1989; Ledoit and Wolf 2004). @param part in [0, 1] */
export function shrinkCovariance(covariance: Float64Array, size: number, part: number): void {
  if (part === 0) return;
  let trace = 0;
  for (let j = 0; j < size; j++) trace += covariance[j * size + j];
  for (let i = 0; i < covariance.length; i++) covariance[i] *= 1 - part;
  for (let j = 0; j < size; j++) covariance[j * size + j] += (part * trace) / size;
}
