import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressState } from './bridge/progress-state.js';
import { runInProcess } from './bridge/run-in-process.js';
import { runInThread } from './bridge/run-in-thread.js';
import { newestCheckpoint, saveCheckpoint } from './checkpoints.js';
import { threadLimits } from './thread-limits.js';
import type { BuiltStep } from './step-catalogue.js';
import { whileTransferring } from './while-transferring.js';
import type { StepCall } from './step-call.js';
import type { StepDeps } from './step-deps.js';
import { stageFiles, withStaging } from './staging.js';
import type { StepOutput } from '../shared/step.js';

/** One computation of a step whose key is not in the store. */
export interface StepComputation {
  readonly built: BuiltStep;
  readonly call: StepCall;
  readonly key: string;
  readonly seed: number;
  readonly state: ProgressState;
  readonly signal: AbortSignal;
}

/** What was computed. */
export interface ComputedStep extends StepOutput {
  /** Seconds of computation, those before a resumed checkpoint included. */
  readonly seconds: number;
  readonly resumedFrom?: number;
}

/** Runs a step where it belongs: here, in a pool thread, or in a process of its own that resumes from the newest valid checkpoint. */
export async function computeStep(deps: StepDeps, computation: StepComputation): Promise<ComputedStep> {
  const { inline } = computation.call;
  if (inline) return { ...inline(), seconds: 0 };
  return computation.built.kind === 'thread' ? inThread(deps, computation) : inProcess(deps, computation);
}

async function inThread({ store, pool, native }: StepDeps, { built, call, seed, state, signal }: StepComputation): Promise<ComputedStep> {
  const inputs: Record<string, Uint8Array[]> = {};
  for (const [role, refs] of Object.entries(call.inputs)) {
    const arrays: Uint8Array[] = [];
    for (const ref of refs) {
      arrays.push(await whileTransferring(state, () => store.get(ref, signal)));
    }
    inputs[role] = arrays;
  }
  const started = performance.now();
  const input = { params: call.params, seed, inputs, native: native.paths };
  const output = await runInThread({ pool: pool(), entry: built.entry, input, state, signal });
  return { ...output, seconds: secondsSince(started) };
}

function inProcess(deps: StepDeps, { built, call, key, seed, state, signal }: StepComputation): Promise<ComputedStep> {
  const { store, native, log } = deps;
  return withStaging(deps.stagingFolder, async (folder) => {
    const files = await whileTransferring(state, () => stageFiles(store, call.inputs, folder, { signal, done: () => state.touch() }));
    const from = await whileTransferring(state, () => newestCheckpoint(store, key));
    const checkpoint = join(folder, 'resume');
    if (from) {
      await writeFile(checkpoint, from.bytes);
      log.info({ step: built.name, label: call.label, checkpoint: from.number }, 'resuming from a checkpoint');
    }
    state.touch();
    const started = performance.now();
    const secondsSoFar = (): number => (from?.seconds ?? 0) + secondsSince(started);
    let number = from?.number ?? 0;
    const result = await runInProcess({
      entry: built.entry,
      task: { params: call.params, seed, native: native.paths, files, folder, ...(from ? { checkpoint } : {}) },
      env: { ...deps.childEnvironment, ...threadLimits(call.params) },
      state,
      signal,
      warn: (message) => log.warn({ step: built.name, label: call.label }, message),
      async saveCheckpoint(path) {
        number += 1;
        const bytes = await readFile(path);
        await whileTransferring(state, () => saveCheckpoint(store, key, { number, bytes, seconds: secondsSoFar() }));
        await rm(path);
      },
    });
    const seconds = secondsSoFar();
    const outputs: Record<string, { bytes: Uint8Array; mediaType: string }> = {};
    for (const [role, { path, mediaType }] of Object.entries(result.outputs)) outputs[role] = { bytes: await readFile(path), mediaType };
    return { outputs, summary: result.summary, seconds, ...(from ? { resumedFrom: from.number } : {}) };
  });
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
