import type { Piscina } from 'piscina';
import type { NativePaths, StepProgress } from '../shared/step.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import type { StepCatalogue } from './step-catalogue.js';

/** The foreign libraries of this machine. */
export interface NativeSettings {
  readonly paths: NativePaths;
  /** Version of each (`tensorflow`, `xgboost`); part of the keys of the steps that use them. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The activity (or the command) on whose behalf a step runs. */
export interface StepScope {
  readonly signal: AbortSignal;
  readonly heartbeat: (details: StepProgress) => void;
  /** 1-based. */
  readonly attempt: number;
  /** Absent where nobody waits for heartbeats. */
  readonly heartbeatTimeoutMs?: number;
}

/** Where oddities and decisions are told. */
export interface StepLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** What running a step takes. */
export interface StepDeps {
  readonly store: ArtifactStore;
  readonly steps: StepCatalogue;
  /** The pool for thread steps, made at the first call. */
  readonly pool: () => Pick<Piscina, 'run' | 'threads'>;
  readonly native: NativeSettings;
  /** Folder for the files of running processes; on the disk of the store's cache, so that files can be linked. */
  readonly stagingFolder: string;
  /** The environment that child processes inherit, without addresses and credentials. */
  readonly childEnvironment: Readonly<Record<string, string>>;
  readonly scope: () => StepScope;
  readonly log: StepLog;
}
