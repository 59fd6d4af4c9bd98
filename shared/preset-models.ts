import type { ModelConfig } from './config.js';
import type { FamilyName } from './family-names.js';
import type { JsonObject } from './json.js';

/** The eleven families: 1,511 numbers. */
export const ALL_FAMILIES: readonly FamilyName[] = ['hog', 'lbp', 'hu', 'statistical', 'gradient', 'texture', 'morphological', 'fourier', 'wavelet', 'zernike', 'additional'];

function on(input: ModelConfig['input'], kind: ModelConfig['kind'], params: JsonObject, rows: ModelConfig['rows'] = 'original'): ModelConfig {
  return { kind, input, params, device: 'cpu', rows };
}

/** Nine linear discriminants of all columns: what these models are best served by (docs/experiments-neighbours.md). */
const DISCRIMINANTS: JsonObject = { projection: 'lda' };

/** Inputs and settings were chosen on the last 10,000 training images: docs/experiments.md and its companions. */
const LOGISTIC_REGRESSION = on(ALL_FAMILIES, 'logistic-regression', { C: 0.2, patience: 5 });
const SVM = on(['additional'], 'svm', { roots: true, C: 10 });
const KNN = on(ALL_FAMILIES, 'knn', { ...DISCRIMINANTS, neighbours: 8 });

/** What differs between presets. */
interface ModelParams {
  readonly 'random-forest': JsonObject;
  readonly xgboost: JsonObject;
  readonly cnn: JsonObject;
}

/** A few models of different kinds, each of which takes seconds to a minute on two cores. */
export function quickModels(params: ModelParams): Readonly<Record<string, ModelConfig>> {
  return {
    'logistic-regression': LOGISTIC_REGRESSION,
    svm: SVM,
    'random-forest': on(ALL_FAMILIES, 'random-forest', params['random-forest']),
    xgboost: on(ALL_FAMILIES, 'xgboost', params.xgboost),
    knn: KNN,
    cnn: on('pixels', 'cnn', params.cnn),
  };
}

/** Every classical kind with the settings that serve it best; `svm-expanded` reads the augmented images too. */
const CLASSICAL_MODELS: Readonly<Record<string, ModelConfig>> = {
  'logistic-regression': LOGISTIC_REGRESSION,
  'linear-svm': on(ALL_FAMILIES, 'linear-svm', { C: 0.01 }),
  svm: SVM,
  'svm-expanded': on(['additional'], 'svm', { roots: true, C: 10, projection: 'pca', components: 200 }, 'expanded'),
  'decision-tree': on(ALL_FAMILIES, 'decision-tree', DISCRIMINANTS),
  'random-forest': on(ALL_FAMILIES, 'random-forest', { trees: 200 }),
  'extra-trees': on(ALL_FAMILIES, 'extra-trees', { trees: 200 }),
  bagging: on(ALL_FAMILIES, 'bagging', { ...DISCRIMINANTS, keepColumns: true }),
  'ada-boost': on(ALL_FAMILIES, 'ada-boost', { ...DISCRIMINANTS, keepColumns: true, trees: 100, bins: 64 }),
  xgboost: on(ALL_FAMILIES, 'xgboost', { columns: 300, rounds: 300, learningRate: 0.1 }),
  knn: KNN,
  'gaussian-nb': on(ALL_FAMILIES, 'gaussian-nb', DISCRIMINANTS),
  'bernoulli-nb': on('deskewed', 'bernoulli-nb', {}),
  lda: on(ALL_FAMILIES, 'lda', { shrinkage: 0.001 }),
  qda: on(ALL_FAMILIES, 'qda', { ...DISCRIMINANTS, components: 0, pooling: 0.3, shrinkage: 0.02 }),
  'nearest-centroid': on(ALL_FAMILIES, 'nearest-centroid', DISCRIMINANTS),
};

/** The classical models that can be fitted on folds: those of the original rows. */
export const FOLDED_MODELS: readonly string[] = Object.keys(CLASSICAL_MODELS).filter((name) => CLASSICAL_MODELS[name]?.rows === 'original');

/** Images of every network but the plain CNN, anew in every epoch: the document of the augment section. */
const AUGMENTED: JsonObject = { augment: 'section' };

/** What a network of few numbers is best trained with (docs/experiments-networks.md). */
const TINY: JsonObject = { learningRate: 0.01, weightDecay: 0.0001, averaging: 'ema' };

/** The tiny network of minutes, on shifted images. */
export const QUICK_TINY: ModelConfig = on('pixels', 'tiny-cnn', { ...TINY, epochs: 8 });

/** Every network but the plain CNN, trained for long; the attention networks beside their twin without it. */
const NETWORKS: Readonly<Record<string, ModelConfig>> = {
  'dense-network': on('pixels', 'dense-network', { ...AUGMENTED, epochs: 40, learningRate: 0.002 }),
  'plain-twin': on('pixels', 'se-cnn', { ...AUGMENTED, epochs: 16, attention: false }),
  'se-cnn': on('pixels', 'se-cnn', { ...AUGMENTED, epochs: 16 }),
  'cbam-cnn': on('pixels', 'cbam-cnn', { ...AUGMENTED, epochs: 16 }),
  'self-attention-cnn': on('pixels', 'self-attention-cnn', { ...AUGMENTED, epochs: 16 }),
  'vision-transformer': on('pixels', 'vision-transformer', { ...AUGMENTED, epochs: 60 }),
  'mobilenet-v2': on('pixels', 'mobilenet-v2', { ...AUGMENTED, epochs: 20 }),
  'residual-cnn': on('pixels', 'residual-cnn', { ...AUGMENTED, epochs: 24, learningRate: 0.004, averaging: 'ema' }),
  'tiny-cnn': on('pixels', 'tiny-cnn', { ...AUGMENTED, ...TINY, epochs: 30 }),
};

/** Every model. */
export function fullModels(cnn: JsonObject): Readonly<Record<string, ModelConfig>> {
  return { ...CLASSICAL_MODELS, cnn: on('pixels', 'cnn', cnn), ...NETWORKS };
}
