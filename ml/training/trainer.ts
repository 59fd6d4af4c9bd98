import type { CancelSignal, StepProgress } from '../../shared/step.js';
import type { TrainingState } from './training-state.js';

/**
 * Trains a network in segments. A segment goes in as bytes and comes out as bytes: the weights,
 * all of the optimiser's state, the step and what early stopping remembers. Whatever else a segment needs (the order of
 * the rows, shifts, dropout) follows from the seed and the step, so that a segment does not care which process ran the
 * one before it.
 */
export interface Trainer {
  /** Trainable numbers of its network. */
  readonly parameters: number;
  /** Steps of the whole training, unless it stops early. */
  readonly totalSteps: number;
  /** The state before the first step. */
  begin(): Uint8Array;
  /** How far a state is. */
  position(state: Uint8Array): TrainingPosition;
  /** A state's contents. @throws InvalidModelError for the state of another network. */
  result(state: Uint8Array): TrainingState;
  /**
   * Runs at most `steps` steps and returns the state after them.
   * @throws DivergedError when the loss, or a weight at the segment's end, is no longer finite.
   */
  runSegment(state: Uint8Array, steps: number, hooks: TrainerHooks): Promise<Uint8Array>;
  /** Ends what makes its batches; no segment is under way. */
  close(): Promise<void>;
}

/** How far a training has come. */
export interface TrainingPosition {
  readonly step: number;
  /** All steps are done, or early stopping has ended it. */
  readonly finished: boolean;
}

/** Whom a trainer tells, and who may stop it. */
export interface TrainerHooks {
  readonly signal: CancelSignal;
  progress(update: StepProgress): void;
}
