import { GATE_DEFAULTS } from './analysis/gate.js';
import { TRAINING_AUGMENTATION } from './augmentation-documents.js';
import { CALIBRATION_METHODS } from './calibration.js';
import type { CalibrationConfig } from './calibration.js';
import { POST_TRAINING_FORMS } from './compression.js';
import type { CompressionGateConfig, QuantisedModel, VariantConfigs } from './compression.js';
import type { AnalyseConfig, AugmentationImpactConfig, EnsembleConfig, PipelineConfig, PresetName } from './config.js';
import type { ExplainConfig } from './explanation.js';
import { EXPORT_FORMATS } from './export-formats.js';
import type { ExportConfig } from './exports.js';
import type { JsonObject } from './json.js';
import { ALL_FAMILIES, FOLDED_MODELS, fullModels, QUICK_TINY, quickModels } from './preset-models.js';

/** The one seed of every preset; any other value is as good. */
const RANDOM_STATE = 20_261;
const SHARD_SIZE = 10_000;

/** A network a quarter as large as the default one, which learns 5,000 images in three passes: about 96 % of the test images. */
const SMALL_CNN: JsonObject = { epochs: 3, batchSize: 50, filters: [[8], [16, 32]], hidden: 64, learningRate: 0.004, maxShift: 1 };

const ANALYSE: AnalyseConfig = {
  enabled: true,
  gate: GATE_DEFAULTS,
  neighbours: 15,
  clusters: [10, 50],
  variance: 0.95,
  selectedColumns: 300,
  maps: { pixels: { method: 'tsne', of: 'pixels', images: 10_000 } },
  labelErrors: { model: 'cnn', folds: 2, params: { epochs: 4 } },
};

/** Small enough for validation splits of some hundred rows, and for what people ask of digits: one wrong answer in a thousand. */
const CALIBRATION: CalibrationConfig = {
  enabled: true, methods: CALIBRATION_METHODS, risks: [0.001, 0.005, 0.01], alphas: [0.1, 0.05, 0.01, 0.005],
};

/** Significantly worse on validation rows is too much. */
const GATE: CompressionGateConfig = { alpha: 0.05 };

/** Half of the channels, weights of 4 bits: seconds, to see that it works. */
const SMOKE_VARIANTS: VariantConfigs = { 'cnn-half': { of: 'cnn', channels: { keep: 0.5 }, quantize: { weights: 4, activations: 8 }, epochs: 1, recipe: { batchSize: 50 } } };

/** The CNN in every form, the others of the networks in int8. */
const FULL_QUANTISED: readonly QuantisedModel[] = [{ model: 'cnn', forms: POST_TRAINING_FORMS }, 'tiny-cnn', 'residual-cnn', 'mobilenet-v2', 'vision-transformer'];

/** Minutes: few bits, few numbers and few channels of the CNN, and the tiny network at 4 bits by itself and taught by the folds of the classical models. */
const FULL_VARIANTS: VariantConfigs = {
  'cnn-4bit': { of: 'cnn', quantize: { weights: 4, activations: 8 }, epochs: 4 },
  'cnn-2bit': { of: 'cnn', quantize: { weights: 2, activations: 8 }, epochs: 6, recipe: { learningRate: 0.003 } },
  'cnn-half-4bit': { of: 'cnn', channels: { keep: 0.5 }, quantize: { weights: 4, activations: 8 }, epochs: 4 },
  'cnn-sparse-8bit': { of: 'cnn', prune: { sparsity: 0.9 }, quantize: { weights: 8, activations: 8 }, epochs: 4 },
  'tiny-4bit': { of: 'tiny-cnn', quantize: { weights: 4, activations: 8 }, settle: {}, epochs: 6, recipe: { learningRate: 0.005 } },
  'tiny-4bit-taught': { of: 'tiny-cnn', quantize: { weights: 4, activations: 8 }, distil: { teacher: 'ensemble' }, epochs: 6, recipe: { learningRate: 0.005 } },
};

/** Seven ways in three passes over the images, and three ways in eighteen. */
const IMPACT: AugmentationImpactConfig = {
  enabled: false, model: { kind: 'cnn', params: { epochs: 3 }, device: 'cpu' }, kinds: ['rotation', 'translation', 'scale', 'shear', 'elastic'], copies: 5, seeds: 3,
};

/** A few seconds for each network. */
const EXPLAIN: ExplainConfig = { enabled: true, models: 'all', images: 10 };

/** Every model as ONNX, checked here, and the networks for devices. */
const EXPORT: ExportConfig = { enabled: true, models: 'all', formats: ['onnx', 'tflite', 'c'], calibrationImages: 200, licence: 'not stated' };

/** Quick ones, on the validation rows. */
const ENSEMBLE_OF_ALL: EnsembleConfig = {
  enabled: true, methods: ['soft-vote', 'greedy', 'log-pool'], outOfFold: { methods: [], models: [], folds: 5 }, seeds: 'all', headline: 'best', params: {},
};

/**
 * Every stage on a tenth of MNIST, to see that all of it works: about a minute on two cores, a test accuracy near 96 % for
 * the CNN and 99 % for the ensemble. No figure of it is worth quoting.
 */
const smoke: PipelineConfig = {
  preset: 'smoke',
  randomState: RANDOM_STATE,
  ingest: { enabled: true, shardSize: 2_000, limit: { train: 6_000, test: 1_000 } },
  analyse: {
    ...ANALYSE, neighbours: 5, clusters: [10], selectedColumns: 50,
    maps: { pixels: { method: 'tsne', of: 'pixels', images: 500 } },
    labelErrors: { model: 'logistic-regression', folds: 2, params: {} },
  },
  augment: { enabled: true, document: TRAINING_AUGMENTATION, copies: 0, impact: IMPACT },
  features: { enabled: true, families: ALL_FAMILIES },
  train: { enabled: true, models: quickModels({ 'random-forest': { trees: 30 }, xgboost: { columns: 150, rounds: 25, maxDepth: 4, learningRate: 0.4 }, cnn: SMALL_CNN }) },
  ensemble: ENSEMBLE_OF_ALL,
  compress: { enabled: true, models: ['cnn'], calibrationImages: 100, variants: SMOKE_VARIANTS, classical: { models: [], mostLost: 0.001 }, gate: GATE },
  export: { ...EXPORT, models: ['logistic-regression', 'cnn'], formats: ['onnx', 'tflite'] },
  evaluate: { enabled: true, latencyImages: 50, calibration: CALIBRATION, compare: [], explain: EXPLAIN },
  report: { enabled: true },
};

/** The main job: all of MNIST in under 8 minutes on two cores; CNN at least 99.2 %, ensemble at least 99.3 % on the test images. */
const standard: PipelineConfig = {
  preset: 'default',
  randomState: RANDOM_STATE,
  ingest: { enabled: true, shardSize: SHARD_SIZE, limit: { train: 0, test: 0 } },
  analyse: ANALYSE,
  augment: { enabled: true, document: TRAINING_AUGMENTATION, copies: 0, impact: IMPACT },
  features: { enabled: true, families: ALL_FAMILIES },
  train: { enabled: true, models: { ...quickModels({ 'random-forest': { trees: 80, bins: 64 }, xgboost: { columns: 300, rounds: 100, learningRate: 0.3 }, cnn: {} }), 'tiny-cnn': QUICK_TINY } },
  ensemble: ENSEMBLE_OF_ALL,
  compress: { enabled: true, models: ['cnn'], calibrationImages: 200, variants: {}, classical: { models: [], mostLost: 0.001 }, gate: GATE },
  export: EXPORT,
  evaluate: { enabled: true, latencyImages: 500, calibration: CALIBRATION, compare: [], explain: EXPLAIN },
  report: { enabled: true },
};

/**
 * Every model and every ensemble, the stacks on out-of-fold probabilities of all classical models: over an hour on two cores. A folder of images
 * of your own is better served by a copy of the models that you want.
 */
const full: PipelineConfig = {
  ...standard,
  preset: 'full',
  analyse: {
    ...ANALYSE,
    maps: {
      pixels: { method: 'tsne', of: 'pixels', images: 60_000 },
      'pixels-umap': { method: 'umap', of: 'pixels', images: 60_000 },
      learnt: { method: 'tsne', of: 'cnn', images: 10_000 },
    },
    labelErrors: { model: 'cnn', folds: 5, params: { epochs: 8 } },
  },
  augment: { ...standard.augment, copies: 1, impact: { ...IMPACT, enabled: true } },
  train: { enabled: true, models: fullModels({ epochs: 25 }) },
  ensemble: {
    ...ENSEMBLE_OF_ALL,
    methods: ['soft-vote', 'weighted-vote', 'hard-vote', 'greedy', 'log-pool', 'stack-logistic'],
    outOfFold: { methods: ['log-pool', 'stack-logistic', 'stack-xgboost'], models: FOLDED_MODELS, folds: 5 },
  },
  compress: { ...standard.compress, models: FULL_QUANTISED, variants: FULL_VARIANTS, classical: { models: ['svm', 'random-forest', 'extra-trees', 'bagging'], mostLost: 0.001 } },
  export: { ...EXPORT, formats: EXPORT_FORMATS },
  evaluate: { ...standard.evaluate, latencyImages: 2_000, explain: { ...EXPLAIN, images: 5 } }, // of ten networks
};

/** The complete settings of each preset; a user's file overrides parts of one. */
export const PRESET_CONFIGS: Readonly<Record<PresetName, PipelineConfig>> = { smoke, default: standard, full };
