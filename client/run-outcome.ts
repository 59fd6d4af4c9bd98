import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { RunResult } from '../shared/run.js';

/** How a run ended. */
export type RunOutcome =
  | { readonly state: 'completed'; readonly result: RunResult }
  | { readonly state: 'failed'; readonly error: RunError }
  | { readonly state: 'cancelled' }
  | { readonly state: 'terminated'; readonly reason: string };

/** Why a run failed: the class of the error (shared/errors.ts) and what it said. */
export interface RunError {
  readonly type: string;
  readonly message: string;
}

/** Reads the outcome out of what waiting for a workflow threw; rethrows what is no outcome. */
export function outcomeOf(error: unknown): Exclude<RunOutcome, { readonly state: 'completed' }> {
  if (!(error instanceof WorkflowFailedError)) throw error;
  if (error.cause instanceof CancelledFailure) return { state: 'cancelled' };
  if (error.cause instanceof TerminatedFailure) return { state: 'terminated', reason: error.cause.message };
  return { state: 'failed', error: rootError(error) };
}

/** The innermost error of a chain of Temporal failures: what a step said. */
export function rootError(error: Error): RunError {
  let found: Error = error;
  while (found.cause instanceof Error) found = found.cause;
  if (found instanceof ApplicationFailure) return { type: found.type ?? 'Error', message: found.message };
  if (found instanceof TimeoutFailure) return { type: 'TimeoutFailure', message: `A step was given up after its time limit (${found.timeoutType}).` };
  return { type: found.name, message: found.message };
}
