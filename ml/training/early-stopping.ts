import type { BestEpoch } from './training-state.js';

/** What validation said after an epoch. */
export interface EpochScore {
  readonly accuracy: number;
  readonly loss: number;
}

/** Whether an epoch is better than the best so far: more accurate, or as accurate with a smaller loss. */
export function improves(score: EpochScore, best: BestEpoch): boolean {
  return best.epoch === 0 || score.accuracy > best.accuracy || (score.accuracy === best.accuracy && score.loss < best.loss);
}

/** Whether `patience` epochs in a row brought nothing; a patience of 0 never stops. */
export function isExhausted(epoch: number, best: BestEpoch, patience: number): boolean {
  return patience > 0 && epoch - best.epoch >= patience;
}
