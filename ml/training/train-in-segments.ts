import type { CancelSignal, StepProgress } from '../../shared/step.js';
import type { Trainer } from './trainer.js';

/** What surrounds a training; a FitContext is one. */
export interface SegmentedTraining {
  readonly signal: CancelSignal;
  progress(update: StepProgress): void;
  readonly checkpoint?: Uint8Array;
  saveCheckpoint?(bytes: Uint8Array): Promise<void>;
}

/**
 * Runs a training to its end, segment by segment, each from the bytes of the one before: a training that was never
 * interrupted and one that was resumed from `checkpoint` go the same way and give the same bytes. A checkpoint is saved
 * after each segment but the last, whose result the caller commits.
 * @returns the final state.
 */
export async function trainInSegments(trainer: Trainer, segmentSteps: number, context: SegmentedTraining): Promise<Uint8Array> {
  let state = context.checkpoint ?? trainer.begin();
  let { finished } = trainer.position(state);
  while (!finished) {
    state = await trainer.runSegment(state, segmentSteps, context);
    ({ finished } = trainer.position(state));
    if (!finished) await context.saveCheckpoint?.(state);
  }
  return state;
}
