import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeNpy } from '../../ml/data/npy.js';
import type { Matrix } from '../../ml/matrix.js';
import { asFloats } from '../../ml/models/as-floats.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { InvalidDataError, NotFoundError } from '../../shared/errors.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { StepManifest } from '../../storage/manifest.js';
import { imageShards, ingestOf } from '../image-shards.js';

const SIDE = 28;

/** The test rows of a run as a model reads them, and what the run says of them. */
export interface TestRows {
  /** As files take them: features, or pixels in [0, 1]. */
  readonly values: Float32Array;
  /** [rows, 28, 28, 1] for pixels, [rows, columns] for features. */
  readonly shape: readonly number[];
  /** The pixels as bytes, where the model reads pixels. */
  readonly pixels?: Uint8Array;
  /** What the run's model said: float32 [rows, 10]. */
  readonly expected: Matrix<Float32Array>;
  readonly labels: Uint8Array;
}

/**
 * Finds them by the manifests of the run's steps, so that they are those that the run's probabilities are of.
 * @throws NotFoundError when the run has no such step, or the store lacks something.
 */
export async function testRows(store: ArtifactStore, steps: readonly StepManifest[], { name, kind, artifacts }: ModelResult): Promise<TestRows> {
  const ingest = ingestOf(steps);
  const labels = ingest.outputs['test-labels'];
  const { testProba } = artifacts;
  if (!labels || !testProba) throw new NotFoundError(`The run keeps no test ${labels ? `probabilities of ${name}` : 'labels'}.`);
  const predict = steps.find(({ label, parts }) => label === name && parts.step === `predict-${kind}`)?.parts;
  const refs = new Map(steps.flatMap(({ outputs }) => Object.values(outputs)).map((ref) => [ref.digest, ref]));
  const known = (digest: string): ArtifactRef => refs.get(digest) ?? missing(`what ${name} was asked (${digest.slice(0, 12)})`);
  // A variant of a network answered in the step that made it: it reads the images as they are.
  const inputs = predict ? Object.entries(predict.inputs).flatMap(([role, digests]) => (role === 'model' ? [] : [[role, digests.map(known)] as const])) : [['images', imageShards(ingest, 'test')] as const];

  const bytes = Object.fromEntries(await Promise.all(inputs.map(async ([role, shards]) => [role, await Promise.all(shards.map((ref) => store.get(ref)))] as const)));
  const x = assembleInput((predict?.params['input'] ?? 'pixels') as ModelInput, bytes);
  const proba = decodeNpy(await store.get(testProba), 'testProba');
  const truth = decodeNpy(await store.get(labels), 'labels').data;
  if (proba.dtype !== 'f4' || proba.shape[0] !== x.rows || !(truth instanceof Uint8Array)) throw new InvalidDataError(`${name}: ${x.rows} test rows, but probabilities [${proba.shape.join(', ')}] of ${proba.dtype}.`);
  return {
    values: asFloats(x).data,
    ...(x.data instanceof Uint8Array ? { shape: [x.rows, SIDE, SIDE, 1], pixels: x.data } : { shape: [x.rows, x.columns] }),
    expected: { rows: x.rows, columns: proba.data.length / x.rows, data: proba.data },
    labels: truth,
  };
}

function missing(what: string): never {
  throw new NotFoundError(`The store no longer has ${what}.`);
}
