import { encodeNpy } from '../../ml/data/npy.js';
import type { Matrix } from '../../ml/matrix.js';
import { MEDIA } from '../../shared/artifact.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { FamilyName } from '../../shared/family-names.js';
import type { JsonObject } from '../../shared/json.js';
import type { ModelResult } from '../../shared/run.js';
import { stepKey } from '../../storage/keys.js';
import { writeRunManifest, writeStepManifest } from '../../storage/manifest.js';
import { MemoryStore } from '../../storage/memory-store.js';
import type { Digits } from './digits.js';

/** A model of a run that never ran. */
export interface RecordedModel {
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** float32 [test rows, 10], as the run would keep them. */
  readonly testProba: Matrix<Float32Array>;
  /** By family what it reads of the test rows, in the order of its columns. @default pixels */
  readonly features?: Partial<Readonly<Record<FamilyName, Matrix<Float32Array>>>>;
  /** Of an ensemble: names of models that are recorded before it. */
  readonly bases?: readonly string[];
  /** It is a classical model made smaller, which answered in the step that made it. */
  readonly of?: string;
}

/** What is in a store after a run on pixels. */
export interface RecordedRun {
  readonly store: MemoryStore;
  readonly runId: string;
  readonly models: readonly ModelResult[];
}

const RUN = { runId: 'recorded', preset: 'smoke', datasetDigest: 'd', seconds: 1, computedSeconds: 1, cached: false, stages: [] };

/** Records a run whose models have answered these test images, in two shards. */
export async function recordedRun(test: Digits, recorded: readonly RecordedModel[]): Promise<RecordedRun> {
  const store = new MemoryStore();
  const keys: string[] = [];
  const commit = async (step: string, label: string, params: JsonObject, inputs: Record<string, readonly ArtifactRef[]>, outputs: Record<string, ArtifactRef>, summary: JsonObject = {}): Promise<void> => {
    const digests = Object.fromEntries(Object.entries(inputs).map(([role, refs]) => [role, refs.map(({ digest }) => digest)]));
    const parts = { step, version: '', params: { ...params, label }, inputs: digests, environment: {} };
    keys.push(stepKey(parts));
    await writeStepManifest(store, { kind: 'step', key: stepKey(parts), label, parts, outputs, summary, computedSeconds: 1, computedAt: '', attempt: 1, machine: {} });
  };
  const { x: { rows, columns, data }, labels } = test;
  const half = Math.floor(rows / 2);
  const shard = (from: number, to: number): Promise<ArtifactRef> => store.put(encodeNpy(data.subarray(from * columns, to * columns), [to - from, 28, 28]), MEDIA.npy);
  const images = [await shard(0, half), await shard(half, rows)] as const;
  // Trained on the same images, the last ten of them for validation.
  await commit('ingest', 'ingest', {}, {}, { 'train-images-0': images[0], 'train-images-1': images[1], 'test-images-0': images[0], 'test-images-1': images[1], 'test-labels': await store.put(encodeNpy(labels, [rows]), MEDIA.npy) }, { validationRows: 10 });

  const models: ModelResult[] = [];
  for (const { name, kind, bytes, testProba, features, bases, of } of recorded) {
    const model = await store.put(bytes, MEDIA.binary);
    const proba = await store.put(encodeNpy(testProba.data, [testProba.rows, testProba.columns]), MEDIA.npy);
    const read: Record<string, readonly ArtifactRef[]> = features ? {} : { images };
    for (const [family, matrix] of Object.entries(features ?? {})) {
      read[`x:${family}`] = [await store.put(encodeNpy(matrix.data, [matrix.rows, matrix.columns]), MEDIA.npy)];
      await commit('extract-features', `${family} for ${name}`, {}, {}, { x: (read[`x:${family}`] ?? [])[0] as ArtifactRef });
    }
    const input = features ? (Object.keys(features) as FamilyName[]) : ('pixels' as const);
    const answered = { testProba: proba };
    if (bases) await commit(`combine-${kind}`, kind, {}, { testProba: models.filter((one) => bases.includes(one.name)).flatMap(({ artifacts }) => artifacts['testProba'] ?? []) }, answered);
    else if (of !== undefined) await commit('shrink-classical', name, { input }, { model: [model], ...Object.fromEntries(Object.entries(read).map(([role, refs]) => [`test:${role}`, refs])) }, answered);
    else await commit(`predict-${kind}`, name, { input }, { ...read, model: [model] }, answered);
    models.push({
      name, kind, ...(bases ? { bases } : { input }), ...(of !== undefined && { of }),
      testAccuracy: 0, logLoss: 0, ece: 0, bytes: bytes.length, parameters: 1, trainingSeconds: 1, cached: false, artifacts: { model, testProba: proba },
    });
  }
  await writeRunManifest(store, { ...RUN, models, keys });
  return { store, runId: RUN.runId, models };
}
