/** Cosines and sines of all turns of a discrete Fourier transform: entry `k * n % length` is the turn of frequency k at sample n. */
export interface Twiddles {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

const known: Twiddles[] = [];

/** The twiddles of one length, computed once. */
export function twiddlesOf(length: number): Twiddles {
  return known[length] ??= {
    cosines: Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length)),
    sines: Float64Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * i) / length)),
  };
}
