import type { Matrix } from '../matrix.js';
import type { DropoutPlan } from './batch-plan.js';
import type { TrainingBatch } from './batch-memory.js';

/** All numbers that a training remembers from step to step, by name: `weights`, `moving`, `average.weights`, `slot.mean` ... */
export type EngineState = Readonly<Record<string, Float32Array>>;

/** What a step is told beside its batch. */
export interface StepSettings {
  /** Steps done before this one. */
  readonly step: number;
  readonly learningRate: number;
  /** The part of the way that the averaged weights go towards the weights after the step, in [0, 1]; 0 leaves them. */
  readonly averageRate: number;
  /** For what the engine draws itself; an unsigned 32-bit integer. */
  readonly seed: number;
}

/** Computes the steps of a training: forward pass, gradients, optimiser. One call at a time. */
export interface TrainingEngine {
  /** What computes, with versions, e.g. `TensorFlow 2.21.0 graph`. */
  readonly runtime: string;
  /** Trainable numbers. */
  readonly parameters: number;
  /** The dropout masks that its batches must bring; an engine that draws its own has none. */
  readonly dropouts: readonly DropoutPlan[];
  /** The state before the first step: the network's weights as it was built. */
  initial(): EngineState;
  load(state: EngineState): Promise<void>;
  /** A copy of the state. */
  read(): Promise<EngineState>;
  /**
   * One step; gives the mean loss of the batch before it.
   * @throws OutOfMemoryError when the device's memory does not hold the batch.
   */
  step(batch: TrainingBatch, settings: StepSettings): Promise<number>;
  /** Probabilities [rows, classes], by the averaged weights or those as they are. */
  predict(x: Matrix, averaged: boolean): Promise<Float32Array>;
  dispose(): void;
}

/** The weights and moving averages that answer: the averaged ones, or those as they are. */
export function answeringWeights(state: EngineState, averaged: boolean): { readonly weights: Float32Array; readonly moving: Float32Array } {
  const prefix = averaged ? 'average.' : '';
  return { weights: state[`${prefix}weights`], moving: state[`${prefix}moving`] ?? new Float32Array(0) };
}
