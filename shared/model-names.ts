/**
 * The model registry: each name is the file `ml/models/<name>.ts`, whose export `model` is a ModelKind. The build makes
 * a `fit-<name>` and a `predict-<name>` step of each, so that an edit to one model re-runs no other.
 */
export const MODEL_NAMES = [
  'logistic-regression', 'linear-svm', 'svm', 'decision-tree', 'random-forest', 'extra-trees', 'bagging', 'ada-boost', 'xgboost', 'cnn',
  'knn', 'gaussian-nb', 'bernoulli-nb', 'lda', 'qda', 'nearest-centroid',
  'dense-network', 'cbam-cnn', 'se-cnn', 'self-attention-cnn', 'vision-transformer', 'mobilenet-v2', 'residual-cnn', 'tiny-cnn',
] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** Kinds whose models are networks of tf.layers on pixels, which can be explained. */
export const NETWORK_NAMES: readonly ModelName[] = [
  'cnn', 'dense-network', 'cbam-cnn', 'se-cnn', 'self-attention-cnn', 'vision-transformer', 'mobilenet-v2', 'residual-cnn', 'tiny-cnn',
];
