import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { StepActivityDeps } from '../../activities/activity-deps.js';
import type { BuiltStep } from '../../activities/step-catalogue.js';
import type { ModelProgressSignal } from '../../shared/contracts/steps.js';
import { MemoryStore } from '../../storage/memory-store.js';
import { stepEntry } from './step-entry.js';

/** Everything that activities need, in memory, with the steps of tests/support/steps standing in for the built ones. */
export interface StepWorld {
  readonly store: MemoryStore;
  readonly folder: string;
  readonly deps: StepActivityDeps;
  readonly warnings: string[];
  readonly signals: ModelProgressSignal[];
  /** Changes what the next attempt sees. */
  readonly next: { attempt: number; signal: AbortSignal; version: string; heartbeatTimeoutMs?: number };
  close(): Promise<void>;
}

/** `names` maps a step's name to the test step that stands in for it and where it runs. */
export async function stepWorld(names: Readonly<Record<string, readonly [step: string, kind: 'thread' | 'process']>>): Promise<StepWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'digitloom-steps-'));
  const store = new MemoryStore();
  const pool = new Piscina({ minThreads: 1, maxThreads: 1 });
  const warnings: string[] = [];
  const signals: ModelProgressSignal[] = [];
  const next: StepWorld['next'] = { attempt: 1, signal: new AbortController().signal, version: 'v1' };
  const named = (name: string): BuiltStep => {
    const [step, kind] = names[name] ?? ['echo', 'thread'];
    return { name, kind, entry: stepEntry(step), version: next.version, libraries: {} };
  };
  const deps: StepActivityDeps = {
    store,
    steps: { named },
    pool: () => pool,
    native: { paths: {}, versions: {} },
    stagingFolder: join(folder, 'staging'),
    childEnvironment: { PATH: process.env['PATH'] ?? '' },
    scope: () => ({ ...next, heartbeat: () => undefined }),
    log: { info: () => undefined, warn: (_, message) => warnings.push(message) },
    signalProgress: (_, signal) => Promise.resolve(void signals.push(signal)),
  };
  return {
    store, folder, deps, warnings, signals, next,
    async close() {
      await pool.destroy();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
