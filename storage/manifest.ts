import type { ArtifactRef } from '../shared/artifact.js';
import type { JsonObject } from '../shared/json.js';
import type { RunResult } from '../shared/run.js';
import type { ArtifactStore } from './artifact-store.js';
import type { StepKeyParts } from './keys.js';
import { stepKey } from './keys.js';
import { parseDocument } from './parse-document.js';

/** What is known of a computed step; written last, so that its presence is the commit. Clocks and measurements live here, never in artifacts. */
export interface StepManifest {
  readonly kind: 'step';
  readonly key: string;
  /** What people call it within a run, e.g. `cnn` or `train/3`. */
  readonly label: string;
  readonly parts: StepKeyParts;
  readonly outputs: Readonly<Record<string, ArtifactRef>>;
  readonly summary: JsonObject;
  readonly computedSeconds: number;
  /** ISO 8601. */
  readonly computedAt: string;
  readonly attempt: number;
  readonly resumedFrom?: number;
  /** Host, CPU and Node version of the machine that computed it. */
  readonly machine: JsonObject;
}

/** The record of a run (`runs/<id>.json`): its result and the keys of all its steps, the roots of garbage collection. */
export interface RunManifest extends RunResult {
  readonly keys: readonly string[];
}

/** Commits a step. */
export async function writeStepManifest(store: ArtifactStore, manifest: StepManifest): Promise<void> {
  await store.writeDocument(stepManifestName(manifest.key), encode(manifest));
}

/** The manifest of a key, or undefined when there is none or it is not what was written under that key. */
export async function readStepManifest(store: ArtifactStore, key: string): Promise<StepManifest | undefined> {
  const found = parseDocument<Partial<StepManifest>>(await store.readDocument(stepManifestName(key)));
  if (found?.kind !== 'step' || found.key !== key || !found.parts || !found.outputs || !found.summary) return undefined;
  return stepKey(found.parts) === key ? (found as StepManifest) : undefined;
}

/** Records a run. */
export async function writeRunManifest(store: ArtifactStore, run: RunManifest): Promise<void> {
  await store.writeDocument(runManifestName(run.runId), encode(run));
}

/** The record of a run, or undefined. */
export async function readRunManifest(store: ArtifactStore, runId: string): Promise<RunManifest | undefined> {
  const found = parseDocument<Partial<RunManifest>>(await store.readDocument(runManifestName(runId)));
  return found?.runId === runId && Array.isArray(found.keys) ? (found as RunManifest) : undefined;
}

/** The document that commits a step. */
export function stepManifestName(key: string): string {
  return `steps/${key}.json`;
}

/** The document that records a run. */
export function runManifestName(runId: string): string {
  return `runs/${runId}.json`;
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}
