import { assembleInput } from '../../ml/data/assemble-input.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { encodeNpy } from '../../ml/data/npy.js';
import { takeMatrixRows } from '../../ml/data/take-matrix-rows.js';
import { embeddingPoints } from '../../ml/embedding/embedding-points.js';
import { neighbourAccuracy } from '../../ml/embedding/neighbour-accuracy.js';
import { networkFeatures } from '../../ml/embedding/network-features.js';
import { trustworthiness } from '../../ml/embedding/trustworthiness.js';
import { tsne } from '../../ml/embedding/tsne.js';
import { umap } from '../../ml/embedding/umap.js';
import { rowsBetween } from '../../ml/matrix.js';
import type { Matrix } from '../../ml/matrix.js';
import { createRandom, deriveSeed } from '../../ml/random.js';
import { loadedTensorFlow } from '../../ml/reductions/loaded-tensorflow.js';
import { principalScores } from '../../ml/reductions/principal-scores.js';
import type { Embedding, EmbeddingMethod, EmbeddingSource } from '../../shared/analysis/embedding.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step `embed`. */
export interface EmbedParams {
  readonly method: EmbeddingMethod;
  readonly of: EmbeddingSource;
  /** Images on the map, drawn by the seed; all eligible ones where there are fewer. */
  readonly images: number;
  readonly validationRows: number;
  /** t-SNE only. @default 30 */
  readonly perplexity?: number;
  /** Steps of t-SNE (750) or epochs of UMAP (500 for up to 10,000 images, 200 for more). */
  readonly iterations?: number;
  /** UMAP only. @default 15 */
  readonly neighbours?: number;
  /** UMAP only. @default 0.1 */
  readonly minDistance?: number;
  /** Of TensorFlow. @default 1 */
  readonly threads?: number;
}

const PRINCIPAL_AXES = 50;
const TRUSTED_ROWS = 5000; // measured on these: its time grows with their square
const TRUST_K = 12;
const ACCURACY_K = 5;
/** Where each part of the work ends, in the progress. */
const PARTS = { features: 0.08, axes: 0.12, map: 0.92, trust: 0.97, accuracy: 1 };

/**
 * A map of training images in the plane. Of pixels, any training row may be on it; of a network's features only the validation
 * split, which the network has not been fitted on.
 */
const embed: StepFunction<EmbedParams> = async ({ params, seed, inputs }, hooks) => {
  check(params);
  const during = (from: number, to: number) => (fraction: number, note: string): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: from + (to - from) * fraction, note });
  };
  const all = assembleInput('pixels', inputs) as Matrix<Uint8Array>;
  const labels = decodeLabels(inputs['labels']?.[0], all.rows);
  const first = params.of === 'network' ? all.rows - params.validationRows : 0;
  if (first < 0) throw new InvalidConfigError(`embed: ${params.validationRows} validation rows of ${all.rows} images; expected at most as many.`);
  const rows = drawnRows(first, all.rows, params.images, deriveSeed(seed, 1));
  const images = takeMatrixRows(all, rows);
  const features = params.of === 'network' ? await networkFeatures(modelOf(inputs), images, (done) => during(0, PARTS.features)(done / rows.length, 'learnt features')) : images;
  const { algebra } = await loadedTensorFlow();
  const { scores: x } = principalScores(algebra, features, { components: PRINCIPAL_AXES }, () => during(PARTS.features, PARTS.axes)(0, 'principal axes'));
  const made = mapOf(x, params, deriveSeed(seed, 2), during(PARTS.axes, PARTS.map));
  const trusted = Math.min(TRUSTED_ROWS, x.rows);
  const onTrust = during(PARTS.map, PARTS.trust);
  const trust = trustworthiness(rowsBetween(x, 0, trusted), rowsBetween(made.map, 0, trusted), TRUST_K, (done) => {
    if (done % 100 === 0 || done === trusted) onTrust(done / trusted, 'trustworthiness');
  });
  const onAccuracy = during(PARTS.trust, PARTS.accuracy);
  const ownLabels = Uint8Array.from(rows, (row) => labels[row] as number);
  const embedding: Embedding = {
    kind: 'embedding', method: params.method, of: params.of, n: x.rows, parameters: made.parameters,
    ...(made.klDivergence !== undefined && { klDivergence: made.klDivergence }),
    trustworthiness: { value: trust, k: TRUST_K, rows: trusted },
    neighbourAccuracy: { value: neighbourAccuracy(made.map, ownLabels, ACCURACY_K, (done) => onAccuracy(done / x.rows, 'neighbours on the map')), k: ACCURACY_K },
    points: embeddingPoints(made.map, ownLabels),
  };
  const { method, of, n, klDivergence } = embedding;
  return {
    outputs: {
      map: { bytes: encodeNpy(made.map.data, [n, 2]), mediaType: MEDIA.npy },
      rows: { bytes: encodeNpy(rows, [n]), mediaType: MEDIA.npy },
      embedding: jsonArtifact(embedding),
    },
    summary: { method, of, n, ...(klDivergence !== undefined && { klDivergence }), trustworthiness: trust, neighbourAccuracy: embedding.neighbourAccuracy.value },
  };
};

export default embed;

interface Made extends Pick<Embedding, 'parameters' | 'klDivergence'> {
  readonly map: Matrix<Float32Array>;
}

function mapOf(x: Matrix<Float32Array>, params: EmbedParams, seed: number, onProgress: (fraction: number, note: string) => void): Made {
  const principalAxes = x.columns;
  if (params.method === 'tsne') {
    const { perplexity = 30, iterations = 750 } = params;
    return { ...tsne(x, { perplexity, iterations, onProgress }), parameters: { principalAxes, perplexity, iterations } };
  }
  const { neighbours = 15, minDistance = 0.1, iterations: epochs = x.rows <= 10000 ? 500 : 200 } = params;
  return { map: umap(x, { seed, neighbours, minDistance, epochs, onProgress }), parameters: { principalAxes, neighbours, minDistance, epochs } };
}

function check({ method, of, images, validationRows }: EmbedParams): void {
  if (method !== 'tsne' && method !== 'umap') throw new InvalidConfigError(`embed: method ${JSON.stringify(method)}; expected "tsne" or "umap".`);
  if (of !== 'pixels' && of !== 'network') throw new InvalidConfigError(`embed: of ${JSON.stringify(of)}; expected "pixels" or "network".`);
  for (const [name, value] of Object.entries({ images, validationRows })) {
    if (!Number.isSafeInteger(value) || value < 1) throw new InvalidConfigError(`embed: ${name} is ${value}; expected a whole number from 1 on.`);
  }
}

function modelOf(inputs: Readonly<Record<string, readonly Uint8Array[]>>): Uint8Array {
  const model = inputs['model']?.[0];
  if (!model) throw new InvalidDataError('embed: a map of learnt features needs a saved CNN as input "model"; none was given.');
  return model;
}

/** The first `count` rows of a shuffled [first, end). */
function drawnRows(first: number, end: number, count: number, seed: number): Int32Array {
  return createRandom(seed).shuffle(Int32Array.from({ length: end - first }, (_, i) => first + i)).slice(0, count);
}
