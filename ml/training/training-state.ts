import type { EngineState } from './training-engine.js';

/** What a training is at the end of a step: enough to go on bit by bit as if nothing had happened. */
export interface TrainingState {
  /** The weights, the optimiser's memory, moving averages. */
  engine: EngineState;
  /** Steps done. */
  step: number;
  /** Sum of the losses of the steps of the epoch under way. */
  epochLoss: number;
  /** The best epoch so far and its weights. */
  best: BestEpoch;
  readonly history: EpochHistory;
  /** Early stopping has ended the training. */
  stopped: boolean;
}

/** The epoch whose weights are kept. */
export interface BestEpoch {
  /** 1-based; 0 before the first. */
  readonly epoch: number;
  readonly accuracy: number;
  readonly loss: number;
  /** Trained weights, flat. */
  readonly weights: Float32Array;
  /** Moving averages, flat. */
  readonly moving: Float32Array;
}

/** One number per finished epoch. */
export interface EpochHistory {
  readonly trainingLoss: number[];
  readonly validationLoss: number[];
  readonly validationAccuracy: number[];
  /** Of the epoch's last step. */
  readonly learningRate: number[];
}
