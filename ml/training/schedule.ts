/** A one-cycle schedule. */
export interface Schedule {
  /** The highest learning rate. */
  readonly peak: number;
  /** Part of the steps in which the rate rises to its peak, in [0, 1). */
  readonly warmUp: number;
}

const START = 0.04; // of the peak, as in the usual one-cycle policy (1 / 25)
const END = 0.001;

/**
 * Learning rate of a step (0-based): a straight rise to the peak, then a half cosine down to a thousandth of it.
 * (Smith and Topin, "Super-Convergence"; Loshchilov and Hutter, "SGDR", for the cosine.)
 */
export function learningRateAt({ peak, warmUp }: Schedule, step: number, totalSteps: number): number {
  const done = step / totalSteps;
  if (done < warmUp) return peak * (START + ((1 - START) * done) / warmUp);
  const fall = (done - warmUp) / (1 - warmUp);
  return peak * (END + ((1 - END) * (1 + Math.cos(Math.PI * fall))) / 2);
}
