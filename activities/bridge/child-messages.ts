import type { JsonObject } from '../../shared/json.js';
import type { NativePaths, StepProgress } from '../../shared/step.js';

/** What a child process is asked to run; bytes travel as files. */
export interface ChildTask {
  readonly params: JsonObject;
  readonly seed: number;
  readonly native: NativePaths;
  /** Paths of the input artifacts, by role, in order. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Path of the newest valid checkpoint. */
  readonly checkpoint?: string;
  /** An empty folder for what the child writes. */
  readonly folder: string;
}

/** An artifact that a child has written. */
export interface ChildArtifact {
  readonly path: string;
  readonly mediaType: string;
}

/** What a child says. */
export type ChildMessage =
  | { readonly type: 'ready' }
  /** The step's module is loaded; its foreign libraries may not be. */
  | { readonly type: 'loaded' }
  | { readonly type: 'progress'; readonly update: StepProgress }
  | { readonly type: 'checkpoint'; readonly number: number; readonly path: string }
  | { readonly type: 'result'; readonly outputs: Readonly<Record<string, ChildArtifact>>; readonly summary: JsonObject }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly stack: string };

/** What a child is told. */
export type ParentMessage =
  | { readonly type: 'start'; readonly task: ChildTask }
  | { readonly type: 'checkpointSaved'; readonly number: number }
  | { readonly type: 'checkpointFailed'; readonly number: number; readonly message: string }
  | { readonly type: 'resultReceived' };
