import type { JsonObject } from './json.js';

/** Arrays that threads work on; one on a SharedArrayBuffer is the same memory in every thread, any other is copied. */
export type SharedArray = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** One unit of work for a thread, e.g. a tree: plain values and arrays. */
export interface ParallelTask {
  readonly params: JsonObject;
  readonly arrays: Readonly<Record<string, SharedArray>>;
}

/** What a unit of work gives; its own buffers move back, shared ones stay where they are. */
export type TaskAnswer = Readonly<Record<string, SharedArray>>;

/**
 * Does one unit of work, the same way in a thread as here: the answer depends on the task alone.
 * `tick` is called when the work moved, at least once a second: silence is taken for a hang.
 */
export type TaskRunner = (task: ParallelTask, tick: () => void) => TaskAnswer;

/** Threads that do a step's units of work; what is started while all are busy waits its turn. */
export interface TaskThreads {
  /** @throws what the runner throws; ComputeCrashedError when the thread died. */
  run(task: ParallelTask): Promise<TaskAnswer>;
  /** Ends the threads; what has not been answered is not any more. */
  close(): Promise<void>;
}

/** Starts so many threads that load the step's own bundle; `onTick` hears, a few times a second, that some work moved. */
export type StartTaskThreads = (threads: number, onTick: () => void) => TaskThreads;
