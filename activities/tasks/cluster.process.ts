import { deskewed } from '../../ml/image/deskewed.js';
import { describeClustering } from '../../ml/clustering/describe-clustering.js';
import { kMeans } from '../../ml/clustering/k-means.js';
import type { KMeansRun } from '../../ml/clustering/k-means-run.js';
import { assembleInput } from '../../ml/data/assemble-input.js';
import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import type { Images } from '../../ml/data/decode-images.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { encodeNpz } from '../../ml/data/npz.js';
import type { NpzEntry } from '../../ml/data/npz.js';
import type { Matrix } from '../../ml/matrix.js';
import { CLASSES } from '../../ml/models/model.js';
import { deriveSeed } from '../../ml/random.js';
import type { DenseAlgebra } from '../../ml/reductions/algebra.js';
import { loadedTensorFlow } from '../../ml/reductions/loaded-tensorflow.js';
import { principalScores } from '../../ml/reductions/principal-scores.js';
import type { ClusterAnalysis, Clustering } from '../../shared/analysis/cluster-analysis.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** Parameters of the step cluster. */
export interface ClusterParams {
  /** Numbers of clusters. @default [10, 50] */
  readonly clusters?: readonly number[];
  /** Runs for up to ten clusters; more clusters get fewer, in proportion, at least one. @default 5 */
  readonly restarts?: number;
  /** `pixels` (begun from the clusters of `pca`), `pca` (50 components), `deskewed` (50 components of upright images), or families given as `x:<family>`. @default the first three */
  readonly of?: readonly string[];
  /** Which of them are cut into more clusters than there are digits. @default the last */
  readonly finerOf?: readonly string[];
}

const COMPONENTS = 50;

/**
 * k-means of the training images, compared with their labels afterwards. Inputs: `images`, `labels`, and `x:<family>` for each family
 * named. Outputs: `clusters` (JSON, ClusterAnalysis), `centres` (.npz: `<of>.<clusters>` centres, `<of>.<clusters>.assignment`).
 */
const cluster: StepFunction<ClusterParams> = async ({ params, seed, inputs }, hooks) => {
  const { clusters = [10, 50], restarts = 5, of = ['pixels', 'pca', 'deskewed'], finerOf = of.slice(-1) } = params;
  if (clusters.length === 0 || of.length === 0 || !(restarts >= 1)) {
    throw new InvalidConfigError(`cluster: clusters [${clusters.join(', ')}], of [${of.join(', ')}], ${restarts} restarts; expected at least one of each.`);
  }
  const images = decodeImageShards(inputs['images'], 'images');
  const labels = decodeLabels(inputs['labels']?.[0], images.pixels.rows);
  const { tf, algebra } = await loadedTensorFlow();
  const clusterings: Clustering[] = [];
  const arrays: Record<string, NpzEntry> = {};
  const runs = of.flatMap((name) => clusters.filter((count) => count <= CLASSES || finerOf.includes(name)).map((count) => ({ name, count })));
  const known = new Map<number, readonly KMeansRun[]>(); // of `pca`, by the number of clusters
  let principal: Matrix | undefined;
  let input: { readonly name: string; readonly x: Matrix } | undefined;
  for (const [index, { name, count }] of runs.entries()) {
    let within = 0;
    const working = (note: string): void => {
      hooks.signal.throwIfAborted();
      within += (1 - within) * 0.02; // the number of iterations is not known beforehand
      hooks.progress({ fraction: (index + within) / runs.length, note: `${name}, ${count} clusters: ${note}` });
    };
    const preparing = (): void => working('preparing');
    preparing();
    if (input?.name !== name) input = { name, x: name === 'pca' && principal ? principal : inputNamed(algebra, name, images, inputs, preparing) };
    if (name === 'pca') principal = input.x;
    if (input.x.rows !== images.pixels.rows) throw new InvalidDataError(`cluster: ${name} has ${input.x.rows} rows for ${images.pixels.rows} images.`);
    const options = { clusters: count, restarts: Math.max(1, Math.round((restarts * Math.min(count, CLASSES)) / count)), seed: deriveSeed(seed, count) };
    let start: readonly KMeansRun[] | undefined;
    if (name === 'pixels') {
      principal ??= inputNamed(algebra, 'pca', images, inputs, preparing);
      start = known.get(count) ?? kMeans(tf, principal, options, working);
      known.set(count, start);
    }
    const ready = name === 'pca' ? known.get(count) : undefined;
    const found = ready ?? kMeans(tf, input.x, { ...options, ...(start && { start: start.map(({ assignment }) => assignment) }) }, working);
    if (name === 'pca') known.set(count, found);
    working('comparing with the classes');
    const { clustering, best } = describeClustering(name, input.x, found, images.pixels, labels);
    clusterings.push(clustering);
    arrays[`${name}.${count}`] = { data: best.centres.data, shape: [best.centres.rows, best.centres.columns] };
    arrays[`${name}.${count}.assignment`] = { data: best.assignment, shape: [best.assignment.length] };
  }
  const analysis: ClusterAnalysis = { kind: 'cluster-analysis', rows: images.pixels.rows, width: images.width, height: images.height, components: COMPONENTS, clusterings };
  hooks.progress({ fraction: 1 });
  return {
    outputs: {
      clusters: jsonArtifact(analysis),
      centres: { bytes: encodeNpz(arrays, { deflate: true }), mediaType: MEDIA.npz },
    },
    summary: {
      clusterings: clusterings.map(({ of: name, clusters: count, purity, nmi, ari, hungarianAccuracy, inertia }) => ({
        of: name, clusters: count, purity, nmi, ari, hungarianAccuracy, inertia,
      })),
    },
  };
};

export default cluster;

function inputNamed(algebra: DenseAlgebra, name: string, images: Images, inputs: Parameters<typeof assembleInput>[1], working: () => void): Matrix {
  const { pixels } = images;
  if (name === 'pixels') return pixels;
  if (name === 'pca') return principalScores(algebra, pixels, { components: COMPONENTS }, working).scores;
  if (name === 'deskewed') return principalScores(algebra, { ...pixels, data: deskewed(pixels, images) }, { components: COMPONENTS }, working).scores;
  return assembleInput([name], inputs);
}
