import type { TaskAnswer } from '../../shared/parallel-tasks.js';

/** What every thread of a step's process is given. */
export interface TaskThreadData {
  /** URL of the step's module, whose `taskRunner` does the work. */
  readonly entry: string;
  /** Int32, raised when work moves. */
  readonly counter: SharedArrayBuffer;
}

/** What a thread answers: an error's class would not survive the way back, so errors are told in words. */
export type TaskMessage =
  | { readonly type: 'answer'; readonly answer: TaskAnswer }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly stack: string };
