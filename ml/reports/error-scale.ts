/** The error in per cent that stands for none: half an image, so that a logarithm can be taken. */
export function leastError(rows: number): number {
  return 50 / rows;
}

/** A tick of a logarithmic axis of errors in per cent, as the accuracy that it is: 0.7 -> `99.3`. */
export function accuracyTick(error: number): string {
  return Number((100 - error).toFixed(3)).toString();
}
