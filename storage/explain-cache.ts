import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { keyDifferences } from './key-differences.js';
import type { StepManifest } from './manifest.js';
import { stepManifests, stepsOfRun } from './run-steps.js';

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

/**
 * Compares the keys of a run's steps of a name (`fit-cnn`, `extract-features`; a label such as `cnn` narrows it) with another
 * run's, or with the nearest other key of the same step in the store.
 * @throws NotFoundError when there is no such run or the run has no such step.
 */
export async function explainCache(store: ArtifactStore, runId: string, step: string, otherRunId?: string): Promise<CacheExplanation[]> {
  const all = await stepsOfRun(store, runId);
  const own = all.filter((manifest) => matches(manifest, step));
  if (own.length === 0) {
    const known = [...new Set(all.map((manifest) => manifest.parts.step))].sort().join(', ');
    throw new NotFoundError(`Run ${runId} has no step "${step}". Its steps: ${known || 'none'}.`);
  }
  const others = otherRunId === undefined ? await allSteps(store) : await stepsOfRun(store, otherRunId);
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

async function allSteps(store: ArtifactStore): Promise<StepManifest[]> {
  const names = await store.listDocuments('steps/');
  return stepManifests(store, names.map((name) => name.slice('steps/'.length, -'.json'.length)));
}
