import type { ArtifactRef } from './artifact.js';
import type { JsonObject } from './json.js';
import type { ItemMaker, MakeAhead } from './made-ahead.js';
import type { StartTaskThreads, TaskRunner } from './parallel-tasks.js';

/** Paths of foreign libraries, found by provisioning (native.json) and handed down as values. */
export interface NativePaths {
  /** libxgboost.so of the pinned wheel. */
  readonly xgboost?: string;
  /** libLiteRt.so of the pinned wheel. */
  readonly litert?: string;
  /** Folder with libtensorflow_cc.so.2 and libtensorflow_framework.so.2. */
  readonly tensorflow?: string;
  /** What TensorFlow runs on: `gpu` on a train-gpu worker. @default 'cpu' */
  readonly device?: 'cpu' | 'gpu';
}

/** What a step's computation receives: values and bytes, nothing that could reach a store or a clock. */
export interface StepInput<P extends object = JsonObject> {
  readonly params: P;
  /** Derived from the run's randomState, the step's name and its parameters (an unsigned 32-bit integer). */
  readonly seed: number;
  /** The input artifacts' bytes, by role, in the order in which the activity named them. */
  readonly inputs: Readonly<Record<string, readonly Uint8Array[]>>;
  readonly native: NativePaths;
}

/** How far a step has come; reported from the thread or process to the activity, which heartbeats it. */
export interface StepProgress {
  /** In [0, 1]. */
  readonly fraction: number;
  /** A few words for people, e.g. `epoch 3/8`. */
  readonly note?: string;
  /** A few live numbers, e.g. `{ loss: 0.04, validationAccuracy: 0.991 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** The part of an AbortSignal that a computation needs. */
export interface CancelSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/** What a step's computation may ask of its surroundings while it runs. */
export interface StepHooks {
  /** Says that work moved. Call it often (at least once a second of work): silence is taken for a hang. */
  progress(update: StepProgress): void;
  /** The newest valid checkpoint of an earlier attempt, or undefined. Processes only. */
  readonly checkpoint?: Uint8Array;
  /** Commits the state at the end of a segment; resolves when it is safely in the store. Processes only. */
  saveCheckpoint?(bytes: Uint8Array): Promise<void>;
  /** Has items made ahead in a thread, by the step's own `itemMaker`. Processes only, and steps that have one. */
  readonly makeAhead?: MakeAhead;
  /** Starts threads that do units of work by the step's own `taskRunner`. Processes only, and steps that have one. */
  readonly startThreads?: StartTaskThreads;
  /** Aborts when the run is cancelled; long loops check it. The thread or process is ended in any case. */
  readonly signal: CancelSignal;
}

/** One artifact that a step made. */
export interface StepArtifact {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What a step's computation returns. */
export interface StepOutput {
  /** By role. The same inputs give the same bytes: no clock and no measurement in here. */
  readonly outputs: Readonly<Record<string, StepArtifact>>;
  /** Small facts and figures (under 4 KB) for the workflow, the report and the manifest. */
  readonly summary: JsonObject;
}

/** The default export of every step entry (`activities/tasks/*.task.ts` and `*.process.ts`). */
export interface StepFunction<P extends object = JsonObject> {
  (input: StepInput<P>, hooks: StepHooks): StepOutput | Promise<StepOutput>;
  /** Makes what `hooks.makeAhead` is asked for, in a thread that loads the same bundle. */
  readonly itemMaker?: ItemMaker;
  /** Does the units of work that the step gives to `hooks.startThreads`. */
  readonly taskRunner?: TaskRunner;
}

/** What an activity returns to the workflow for one step. */
export interface StepResult<S extends object = JsonObject> {
  readonly step: string;
  readonly key: string;
  readonly outputs: Readonly<Record<string, ArtifactRef>>;
  readonly summary: S;
  /** True when a committed manifest answered and nothing ran. */
  readonly cached: boolean;
  /** Seconds this call took, now. */
  readonly seconds: number;
  /** Seconds the computation took when it was made. */
  readonly computedSeconds: number;
  /** The Temporal attempt that computed it (1-based). */
  readonly attempt: number;
  /** The checkpoint (1-based) from which the computing attempt resumed; absent when it began afresh. */
  readonly resumedFrom?: number;
}

/** What a run's book-keeping needs of a step. */
export type CountedStep = Pick<StepResult, 'key' | 'cached' | 'computedSeconds'>;
