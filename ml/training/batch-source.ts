import type { TrainingBatch } from './batch-memory.js';
import type { BatchPlan } from './batch-plan.js';
import type { TrainingRows } from './training-rows.js';

/**
 * Where a training gets its batches. What a batch holds follows from the plan and its step alone, whoever makes it and
 * whenever: a training that goes on from a checkpoint asks for the next step and gets what it would have got.
 */
export interface BatchSource {
  /** The batch of a step (0-based), in memory that the next call overwrites. Cheapest for one step after the other. */
  next(step: number): TrainingBatch | Promise<TrainingBatch>;
  /** Frees what makes batches; no call of `next` is under way. */
  close(): Promise<void>;
}

/** Opens a source of a plan's batches. */
export type OpenBatches = (train: TrainingRows, plan: BatchPlan, steps: number) => BatchSource;
