/** Whether the weights that answer are an average over steps. */
export type WeightAveraging =
  | { readonly kind: 'none' }
  /** An exponential moving average with this decay a step, which rises to it in the first steps (Polyak and Juditsky; TensorFlow's `num_updates`). */
  | { readonly kind: 'ema'; readonly decay: number }
  /** The plain mean of the weights at the ends of the epochs from this part of the training on (Izmailov et al., "Averaging Weights Leads to Wider Optima"). */
  | { readonly kind: 'swa'; readonly from: number };

/** Where a step stands. */
export interface StepPlace {
  /** Steps done, this one among them. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

/** The part of the way that the average goes towards the weights after a step, in [0, 1]. */
export function averageRate(averaging: WeightAveraging, { step, stepsPerEpoch, epochs }: StepPlace): number {
  switch (averaging.kind) {
    case 'none':
      return 0;
    case 'ema':
      return 1 - Math.min(averaging.decay, (1 + step) / (10 + step));
    case 'swa': {
      if (step % stepsPerEpoch !== 0) return 0;
      const members = step / stepsPerEpoch - firstEpoch(averaging.from, epochs) + 1;
      return members > 0 ? 1 / members : 0;
    }
  }
}

/** Whether the average is what answers at the end of an epoch (1-based). */
export function averageAnswers(averaging: WeightAveraging, epoch: number, epochs: number): boolean {
  return averaging.kind === 'ema' || (averaging.kind === 'swa' && epoch >= firstEpoch(averaging.from, epochs));
}

/** The first epoch (1-based) whose weights are in the mean. */
function firstEpoch(from: number, epochs: number): number {
  return Math.min(epochs, Math.floor(from * epochs) + 1);
}
