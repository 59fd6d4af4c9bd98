import pLimit from 'p-limit';
import type { ArtifactRef } from '../shared/artifact.js';
import type { JsonObject } from '../shared/json.js';
import type { StepArtifact, StepOutput, StepResult } from '../shared/step.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { digestOf } from '../storage/digest.js';
import type { StepKeyParts } from '../storage/keys.js';
import { deriveSeed, stepKey } from '../storage/keys.js';
import { readStepManifest, writeStepManifest } from '../storage/manifest.js';
import type { StepManifest } from '../storage/manifest.js';
import { ProgressState } from './bridge/progress-state.js';
import { whileHeartbeating } from './bridge/while-heartbeating.js';
import { clearCheckpoints } from './checkpoints.js';
import { computeStep } from './compute-step.js';
import type { ComputedStep } from './compute-step.js';
import { recordedMachine } from './machine.js';
import type { StepCall } from './step-call.js';
import type { BuiltStep } from './step-catalogue.js';
import { whileTransferring } from './while-transferring.js';
import type { StepDeps } from './step-deps.js';
import { stepEnvironment } from './step-environment.js';

const CONCURRENT_TRANSFERS = 8;

/**
 * The one path of every step: its key is looked up, and where the store has no whole answer the step is computed, its
 * outputs are stored and, last, its manifest, which is the commit. Idempotent: a retry or a second run finds the manifest.
 * @throws what the computation throws; the scope's abort reason.
 */
export async function runStep<S extends JsonObject>(deps: StepDeps, call: StepCall): Promise<StepResult<S>> {
  const started = performance.now();
  const { signal, heartbeat, attempt, heartbeatTimeoutMs } = deps.scope();
  const built = call.inline ? inlineStep(call.step, call.inline) : deps.steps.named(call.step);
  const { step, params } = call.seedFrom ?? call;
  const seed = call.randomState === undefined ? 0 : deriveSeed(call.randomState, step, params);
  const parts = keyParts(deps, built, call, seed);
  const key = stepKey(parts);
  const state = new ProgressState(call.onProgress);

  return whileHeartbeating({ state, heartbeat, signal, ...(heartbeatTimeoutMs ? { silenceMs: heartbeatTimeoutMs } : {}) }, async (running) => {
    const known = await committed(deps.store, call, key);
    state.touch();
    if (known) return resultOf<S>(known, call, { cached: true, started });
    const computed = await computeStep(deps, { built, call, key, seed, state, signal: running });
    const outputs = await whileTransferring(state, () => storeOutputs(deps.store, call, computed, { signal: running, done: () => state.touch() }));
    const { summary, seconds, resumedFrom } = computed;
    const manifest: StepManifest = {
      kind: 'step', key, label: call.label, parts, outputs, summary, computedSeconds: seconds, computedAt: new Date().toISOString(),
      attempt, ...(resumedFrom === undefined ? {} : { resumedFrom }), machine: recordedMachine(),
    };
    await writeStepManifest(deps.store, manifest);
    await dropCheckpoints(deps, built, key);
    return resultOf<S>(manifest, call, { cached: false, started });
  });
}

function keyParts(deps: StepDeps, built: BuiltStep, call: StepCall, seed: number): StepKeyParts {
  const inputs = Object.fromEntries(Object.entries(call.inputs).map(([role, refs]) => [role, refs.map(({ digest }) => digest)]));
  const environment = { ...stepEnvironment(built, deps.native), ...call.environment };
  return { step: call.step, version: built.version, params: call.params, ...(call.randomState === undefined ? {} : { seed }), inputs, environment };
}

/** An inline step has no bundle: what it gives stands for its code version, which costs nothing to compute. */
function inlineStep(name: string, inline: () => StepOutput): BuiltStep {
  const outputs = Object.entries(inline().outputs).map(([role, { bytes }]) => `${role} ${digestOf(bytes)}`);
  return { name, kind: 'inline', entry: '', version: digestOf(outputs.sort().join('\n')), libraries: {} };
}

/** The manifest of a key, when everything it names is still there and what arranges its references would do so again. */
async function committed(store: ArtifactStore, { index }: StepCall, key: string): Promise<StepManifest | undefined> {
  const manifest = await readStepManifest(store, key);
  if (!manifest) return undefined;
  if (index) {
    const own = Object.fromEntries(Object.entries(manifest.outputs).filter(([role]) => role !== index.role));
    const { bytes } = index.make(own, manifest.summary);
    if (manifest.outputs[index.role]?.digest !== digestOf(bytes)) return undefined;
  }
  const limit = pLimit(CONCURRENT_TRANSFERS);
  const there = await Promise.all(Object.values(manifest.outputs).map((ref) => limit(() => store.has(ref))));
  return there.every(Boolean) ? manifest : undefined;
}

async function storeOutputs(
  store: ArtifactStore,
  { index }: StepCall,
  { outputs, summary }: ComputedStep,
  each: { readonly signal: AbortSignal; readonly done: () => void },
): Promise<Record<string, ArtifactRef>> {
  const limit = pLimit(CONCURRENT_TRANSFERS);
  const put = async (artifacts: Readonly<Record<string, StepArtifact>>): Promise<Record<string, ArtifactRef>> => {
    const entries = Object.entries(artifacts).map(([role, { bytes, mediaType }]) =>
      limit(async (): Promise<[string, ArtifactRef]> => {
        const ref = await store.put(bytes, mediaType, each.signal);
        each.done();
        return [role, ref];
      }),
    );
    return Object.fromEntries(await Promise.all(entries));
  };
  const own = await put(outputs);
  return index ? { ...own, ...(await put({ [index.role]: index.make(own, summary) })) } : own;
}

/** What is left of the checkpoints costs room and nothing else: the step is committed. */
async function dropCheckpoints({ store, log }: StepDeps, { kind, name }: BuiltStep, key: string): Promise<void> {
  if (kind !== 'process') return;
  try {
    await clearCheckpoints(store, key);
  } catch (error) {
    log.warn({ step: name, key, err: error }, 'the checkpoints of a finished step could not be removed');
  }
}

function resultOf<S extends JsonObject>(manifest: StepManifest, { expose }: StepCall, { cached, started }: { cached: boolean; started: number }): StepResult<S> {
  const { key, parts, summary, computedSeconds, attempt, resumedFrom } = manifest;
  const outputs = Object.fromEntries(Object.entries(manifest.outputs).filter(([role]) => expose?.includes(role) ?? true));
  return {
    step: parts.step, key, outputs, summary: summary as S, cached, seconds: (performance.now() - started) / 1000,
    computedSeconds, attempt, ...(resumedFrom === undefined ? {} : { resumedFrom }),
  };
}
