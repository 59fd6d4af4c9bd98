/** How the learning rate goes over a training. */
export interface Schedule {
  /** The highest learning rate. */
  readonly peak: number;
  /** Part of the steps in which the rate rises to its peak, in [0, 1). */
  readonly warmUp: number;
  /** What the rise starts from and what follows it. @default 'one-cycle' */
  readonly kind?: ScheduleKind;
}

export type ScheduleKind = 'one-cycle' | 'cosine' | 'exponential' | 'constant';

/** One kind of schedule, as parts of the peak. */
interface Shape {
  /** While the rate rises: `done` is the part of all steps before this one, below `warmUp`; `step` is one step's part. */
  rise(done: number, warmUp: number, step: number): number;
  /** Afterwards: `fallen` is the part of the other steps before this one, in [0, 1). */
  fall(fallen: number): number;
}

const START = 0.04; // of the peak, as in the usual one-cycle policy (1 / 25)
const END = 0.001;
const EXPONENTIAL_END = 0.05; // 0.98 an epoch for 150 epochs (An et al.)

const halfCosine = (fallen: number): number => (1 + Math.cos(Math.PI * fallen)) / 2;
/** Straight from nothing; no step is spent on a rate of 0. */
const fromZero: Shape['rise'] = (done, warmUp, step) => Math.min(1, (done + step) / warmUp);

const SHAPES: Readonly<Record<ScheduleKind, Shape>> = {
  'one-cycle': { rise: (done, warmUp) => START + ((1 - START) * done) / warmUp, fall: (fallen) => END + (1 - END) * halfCosine(fallen) },
  cosine: { rise: fromZero, fall: halfCosine },
  exponential: { rise: fromZero, fall: (fallen) => EXPONENTIAL_END ** fallen },
  constant: { rise: fromZero, fall: () => 1 },
};

/** The kinds by name, for checks and messages. */
export const SCHEDULE_KINDS = Object.keys(SHAPES) as readonly ScheduleKind[];

/**
 * Learning rate of a step (0-based): a straight rise to the peak, then what the kind says.
 * - one-cycle: from a 25th of the peak, then a half cosine down to a thousandth of it (Smith and Topin, "Super-Convergence").
 * - cosine: from nothing, then a half cosine down to nothing (Loshchilov and Hutter, "SGDR", one cycle; ViT's and DeiT's).
 * - exponential: from nothing, then by the same factor every step down to a 20th of the peak (An et al., "An Ensemble of
 *   Simple Convolutional Neural Network Models for MNIST Digit Recognition").
 * - constant: from nothing, then the peak (for weight averaging, which needs no fall).
 */
export function learningRateAt({ peak, warmUp, kind = 'one-cycle' }: Schedule, step: number, totalSteps: number): number {
  const shape = SHAPES[kind];
  const done = step / totalSteps;
  if (done < warmUp) return peak * shape.rise(done, warmUp, 1 / totalSteps);
  return peak * shape.fall((done - warmUp) / (1 - warmUp));
}
