import { decodeImageShards } from '../../ml/data/decode-image-shards.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { encodeNpz } from '../../ml/data/npz.js';
import { rowsBetween } from '../../ml/matrix.js';
import { columnScales } from '../../ml/models/standardise.js';
import { describeReductions } from '../../ml/reductions/describe-reductions.js';
import { fitLda } from '../../ml/reductions/lda.js';
import type { Lda } from '../../ml/reductions/lda.js';
import { loadedTensorFlow } from '../../ml/reductions/loaded-tensorflow.js';
import { fitPca } from '../../ml/reductions/pca.js';
import type { Pca } from '../../ml/reductions/pca.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { StepArtifact, StepFunction } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

interface ReduceParams {
  readonly validationRows: number;
  /** Part of the variance that the principal components hold, in (0, 1). */
  readonly variance: number;
  /** At most 9. */
  readonly ldaDimensions: number;
}

/**
 * Standardisation, PCA and LDA of the pixels (0..1), fitted on the training rows before the validation rows. Outputs: `standardise`, `pca` and `lda`
 * (.npz, float64, scikit-learn's names) and `reductions` (JSON for the report).
 */
const reduce: StepFunction<ReduceParams> = async ({ params, inputs }, hooks) => {
  const { pixels: images, width, height } = decodeImageShards(inputs['images'], 'images');
  const labels = decodeLabels(inputs['labels']?.[0], images.rows);
  const border = images.rows - params.validationRows;
  if (!(params.validationRows >= 1 && border >= 2)) {
    throw new InvalidConfigError(`reduce: ${params.validationRows} validation rows of ${images.rows}; expected at least one, and two rows before them.`);
  }
  const { algebra } = await loadedTensorFlow();
  const stage = (fraction: number, note: string) => (): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction, note });
  };
  const train = rowsBetween(images, 0, border);
  stage(0, 'standardisation')();
  const scales = columnScales(train);
  const pca = fitPca(train, { variance: params.variance }, algebra, stage(0.2, 'PCA'));
  const lda = fitLda(train, labels.subarray(0, border), params.ldaDimensions, algebra, stage(0.4, 'LDA'));
  const validation = { x: rowsBetween(images, border, images.rows), labels: labels.subarray(border) };
  const described = describeReductions(pca, lda, validation, { width, height, variance: params.variance }, algebra, stage(0.9, 'figures'));
  stage(1, 'done')();
  return {
    outputs: {
      standardise: npz({ mean: { data: scales.mean, shape: [images.columns] }, scale: { data: scaleOf(scales.inverseDeviation), shape: [images.columns] } }),
      pca: npz(pcaArrays(pca)),
      lda: npz(ldaArrays(lda)),
      reductions: jsonArtifact(described),
    },
    summary: {
      rows: border,
      components: pca.count,
      explainedVariance: pca.explainedVarianceRatio.reduce((sum, ratio) => sum + ratio, 0),
      ldaDimensions: lda.dimensions,
      ldaRank: lda.rank,
      ldaValidationAccuracy: described.lda.validationAccuracy,
    },
  };
};

export default reduce;

/** Deviations, with 1 for a constant column (scikit-learn's `scale_`). */
function scaleOf(inverseDeviation: Float64Array): Float64Array {
  return inverseDeviation.map((inverse) => (inverse > 0 ? 1 / inverse : 1));
}

function pcaArrays(pca: Pca): Parameters<typeof encodeNpz>[0] {
  const { columns, count } = pca;
  return {
    mean: { data: pca.mean, shape: [columns] },
    components: { data: pca.components, shape: [count, columns] },
    loadings: { data: pca.loadings, shape: [count, columns] },
    explained_variance: { data: pca.explainedVariance, shape: [count] },
    explained_variance_ratio: { data: pca.explainedVarianceRatio, shape: [count] },
    singular_values: { data: pca.singularValues, shape: [count] },
  };
}

function ldaArrays(lda: Lda): Parameters<typeof encodeNpz>[0] {
  const { columns, dimensions, classes } = lda;
  return {
    classes: { data: Uint8Array.from(classes), shape: [classes.length] },
    priors: { data: lda.priors, shape: [classes.length] },
    means: { data: lda.means, shape: [classes.length, columns] },
    xbar: { data: lda.xbar, shape: [columns] },
    scalings: { data: lda.scalings, shape: [columns, dimensions] },
    explained_variance_ratio: { data: lda.explainedVarianceRatio, shape: [dimensions] },
  };
}

function npz(arrays: Parameters<typeof encodeNpz>[0]): StepArtifact {
  return { bytes: encodeNpz(arrays), mediaType: MEDIA.npz };
}
