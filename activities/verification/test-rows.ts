import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { joinColumns } from '../../ml/data/join-columns.js';
import { decodeNpy } from '../../ml/data/npy.js';
import type { Matrix } from '../../ml/matrix.js';
import { asFloats } from '../../ml/models/as-floats.js';
import type { ArtifactRef } from '../../shared/artifact.js';
import { InvalidDataError, NotFoundError } from '../../shared/errors.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { StepManifest } from '../../storage/manifest.js';
import { ensembleParts } from '../ensemble-parts.js';
import { imageShards, ingestOf } from '../image-shards.js';

const SIDE = 28;
const TEST = 'test:';

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
 * @param models the run's, of which an ensemble is made
 * @throws NotFoundError when the run has no such step, or the store lacks something.
 */
export async function testRows(store: ArtifactStore, steps: readonly StepManifest[], models: readonly ModelResult[], model: ModelResult): Promise<TestRows> {
  const { name } = model;
  const labels = ingestOf(steps).outputs['test-labels'];
  if (!labels) throw new NotFoundError('The run keeps no test labels.');
  const x = await rowsOf(store, steps, models, model);
  const expected = await answersOf(store, model);
  const truth = decodeNpy(await store.get(labels), 'labels').data;
  if (expected.rows !== x.rows || !(truth instanceof Uint8Array)) throw new InvalidDataError(`${name}: ${x.rows} test rows, but probabilities of ${expected.rows}.`);
  return {
    values: asFloats(x).data,
    ...(x.data instanceof Uint8Array ? { shape: [x.rows, SIDE, SIDE, 1], pixels: x.data } : { shape: [x.rows, x.columns] }),
    expected, labels: truth,
  };
}

/** What a model reads of the test half: of an ensemble what all its models read, or what they say, ten columns each. */
async function rowsOf(store: ArtifactStore, steps: readonly StepManifest[], models: readonly ModelResult[], model: ModelResult): Promise<Matrix> {
  if (model.bases) {
    const { parts, common } = ensembleParts(models, model);
    const [first] = parts;
    if (common && first) return rowsOf(store, steps, models, first.result);
    return joinColumns(model.bases, await Promise.all(parts.map(({ result }) => answersOf(store, result))));
  }
  const ingest = ingestOf(steps);
  const { name, kind, artifacts: { testProba } } = model;
  const step = (steps.find(({ label, parts }) => label === name && parts.step === `predict-${kind}`) ?? steps.find(({ outputs }) => outputs['testProba']?.digest === testProba?.digest))?.parts;
  const refs = new Map(steps.flatMap(({ outputs }) => Object.values(outputs)).map((ref) => [ref.digest, ref]));
  const known = (digest: string): ArtifactRef => refs.get(digest) ?? missing(`what ${name} was asked (${digest.slice(0, 12)})`);
  const read = step ? readBy(step) : [];
  // A variant of a network answered in the step that made it: it reads the images as they are.
  const inputs = read.length > 0 ? read.map(([role, digests]) => [role, digests.map(known)] as const) : [['images', imageShards(ingest, 'test')] as const];
  const bytes = Object.fromEntries(await Promise.all(inputs.map(async ([role, shards]) => [role, await Promise.all(shards.map((ref) => store.get(ref)))] as const)));
  return assembleInput((step?.params['input'] ?? 'pixels') as ModelInput, bytes);
}

/** Roles and digests of the test half in the step that answered it: all of a step that only predicts, those marked of one that made the model too. */
function readBy({ step, inputs }: StepManifest['parts']): (readonly [role: string, digests: readonly string[]])[] {
  if (step.startsWith('predict-')) return Object.entries(inputs).filter(([role]) => role !== 'model');
  return Object.entries(inputs).flatMap(([role, digests]) => (role.startsWith(TEST) ? [[role.slice(TEST.length), digests] as const] : []));
}

/** What the run says of the test half. */
async function answersOf(store: ArtifactStore, { name, artifacts: { testProba } }: ModelResult): Promise<Matrix<Float32Array>> {
  if (!testProba) throw new NotFoundError(`The run keeps no test probabilities of ${name}.`);
  return decodeProbabilities(name, await store.get(testProba));
}

function missing(what: string): never {
  throw new NotFoundError(`The store no longer has ${what}.`);
}
