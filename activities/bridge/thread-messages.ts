import type { MessagePort } from 'node:worker_threads';
import type { StepInput, StepOutput, StepProgress } from '../../shared/step.js';

/** What a pool thread is asked to run. */
export interface ThreadTask {
  /** URL of a module whose default export is a StepFunction. */
  readonly entry: string;
  readonly input: StepInput;
  /** Where progress and the result go: unlike the pool's own reply it carries transfers and an error's name. */
  readonly port: MessagePort;
}

/** What a pool thread says. */
export type ThreadMessage =
  | { readonly type: 'started'; readonly threadId: number }
  | { readonly type: 'progress'; readonly update: StepProgress }
  | { readonly type: 'result'; readonly output: StepOutput }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly stack: string };
