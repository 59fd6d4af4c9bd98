import pLimit from 'p-limit';
import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { keyDifferences } from './key-differences.js';
import type { RunManifest, StepManifest } from './manifest.js';
import { readRunManifest, readStepManifest } from './manifest.js';

/** Why one step of a run was computed anew, or that nothing differs. */
export interface CacheExplanation {
  readonly step: string;
  readonly label: string;
  readonly key: string;
  /** The step it was compared with: the other run's, or the nearest one in the store. Absent when it is the only one of its name. */
  readonly comparedWith?: { readonly key: string; readonly label: string; readonly computedAt: string };
  /** In words; empty when the keys are equal. */
  readonly differences: readonly string[];
}

const CONCURRENT_READS = 16;

/**
 * Compares the keys of a run's steps of a name (`fit-cnn`, `extract-features`; a label such as `cnn` narrows it) with another
 * run's, or with the nearest other key of the same step in the store.
 * @throws NotFoundError when there is no such run or the run has no such step.
 */
export async function explainCache(store: ArtifactStore, runId: string, step: string, otherRunId?: string): Promise<CacheExplanation[]> {
  const all = await manifestsOf(store, (await runNamed(store, runId)).keys);
  const own = all.filter((manifest) => matches(manifest, step));
  if (own.length === 0) {
    const known = [...new Set(all.map((manifest) => manifest.parts.step))].sort().join(', ');
    throw new NotFoundError(`Run ${runId} has no step "${step}". Its steps: ${known || 'none'}.`);
  }
  const names = otherRunId === undefined ? await store.listDocuments('steps/') : [];
  const otherKeys = otherRunId === undefined ? names.map((name) => name.slice('steps/'.length, -'.json'.length)) : (await runNamed(store, otherRunId)).keys;
  const others = await manifestsOf(store, otherKeys);
  return own.map((manifest) => explain(manifest, others, otherRunId !== undefined));
}

function explain(own: StepManifest, others: readonly StepManifest[], sameKeyCounts: boolean): CacheExplanation {
  const { step } = own.parts;
  const candidates = others.filter((other) => other.parts.step === step && (sameKeyCounts || other.key !== own.key));
  const ranked = candidates
    .map((other) => ({ other, differences: keyDifferences(other.parts, own.parts), sameLabel: other.label === own.label }))
    .sort((a, b) => Number(b.sameLabel) - Number(a.sameLabel) || a.differences.length - b.differences.length || b.other.computedAt.localeCompare(a.other.computedAt));
  const nearest = ranked[0];
  const base = { step, label: own.label, key: own.key };
  if (!nearest) return { ...base, differences: [] };
  const { key, label, computedAt } = nearest.other;
  return { ...base, comparedWith: { key, label, computedAt }, differences: nearest.differences };
}

function matches({ parts, label }: StepManifest, step: string): boolean {
  return parts.step === step || label === step || `${parts.step}:${label}` === step;
}

async function manifestsOf(store: ArtifactStore, keys: readonly string[]): Promise<StepManifest[]> {
  const limit = pLimit(CONCURRENT_READS);
  const found = await Promise.all(keys.map((key) => limit(() => readStepManifest(store, key))));
  return found.filter((manifest) => manifest !== undefined);
}

async function runNamed(store: ArtifactStore, runId: string): Promise<RunManifest> {
  const run = await readRunManifest(store, runId);
  if (!run) throw new NotFoundError(`There is no record of run "${runId}" in this store.`);
  return run;
}
