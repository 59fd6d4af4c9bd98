import assert from 'node:assert/strict';
import { createStepActivities } from '../../activities/create-step-activities.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import type { StepActivities } from '../../shared/contracts/steps.js';
import type { DatasetManifest } from '../../shared/dataset.js';
import type { StepResult } from '../../shared/step.js';
import { readStepManifest } from '../../storage/manifest.js';
import type { StepManifest } from '../../storage/manifest.js';
import type { StepWorld } from './step-world.js';
import { stepWorld } from './step-world.js';

/** Step activities on a data set of names: shards of 5, 5 and 2 training and 5 and 5 test images. */
export interface ActivityWorld {
  readonly world: StepWorld;
  readonly activities: StepActivities;
  readonly dataset: ArtifactRef;
  readonly manifest: DatasetManifest;
  /** Stores a text, and knows it by itself in `given`. */
  put(name: string): Promise<ArtifactRef>;
  json(value: unknown): Promise<ArtifactRef>;
  parsed(ref: ArtifactRef | undefined): Promise<unknown>;
  manifestOf(result: StepResult): Promise<StepManifest>;
  /** What a step was given: its inputs by the names under which they were put. */
  given(result: StepResult): Promise<Record<string, string[]>>;
}

/** `validationRows` of the 12 training rows are for validation. */
export async function activityWorld(validationRows = 4): Promise<ActivityWorld> {
  const world = await stepWorld({});
  const names = new Map<string, string>();
  const put = async (name: string): Promise<ArtifactRef> => {
    const ref = await world.store.put(new TextEncoder().encode(name), MEDIA.npy);
    names.set(ref.digest, name);
    return ref;
  };
  const json = (value: unknown): Promise<ArtifactRef> => world.store.put(new TextEncoder().encode(JSON.stringify(value)), MEDIA.json);
  const shards = (split: string, rows: readonly number[]): Promise<{ ref: ArtifactRef; rows: number }[]> =>
    Promise.all(rows.map(async (count, i) => ({ ref: await put(`${split} images ${i}`), rows: count })));
  const manifest: DatasetManifest = {
    kind: 'dataset', width: 28, height: 28, classes: 10, validationRows,
    train: { rows: 12, images: await shards('train', [5, 5, 2]), labels: await put('train labels') },
    test: { rows: 10, images: await shards('test', [5, 5]), labels: await put('test labels') },
  };
  const manifestOf = async ({ key }: StepResult): Promise<StepManifest> => {
    const found = await readStepManifest(world.store, key);
    assert.ok(found);
    return found;
  };
  return {
    world, activities: createStepActivities(world.deps), dataset: await json(manifest), manifest, put, json, manifestOf,
    async parsed(ref) {
      assert.ok(ref);
      return JSON.parse(new TextDecoder().decode(await world.store.get(ref)));
    },
    async given(result) {
      const { parts } = await manifestOf(result);
      return Object.fromEntries(Object.entries(parts.inputs).map(([role, digests]) => [role, digests.map((digest) => names.get(digest) ?? '?')]));
    },
  };
}
