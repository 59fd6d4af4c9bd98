import { PRESETS } from './config.js';
import { GATE_SETTINGS } from './analysis/gate.js';
import { AUGMENTATION_KINDS, AUGMENTATION_SCHEMA } from './augmentation-schema.js';
import { CALIBRATION_SETTINGS } from './calibration-schema.js';
import { CLASSICAL_COMPRESSION_SCHEMA, COMPRESSION_GATE_SCHEMA, COMPRESSION_SEARCH_SCHEMA, QUANTISED_MODELS_SCHEMA, VARIANT_SCHEMA } from './compression-schema.js';
import { ENSEMBLE_METHODS } from './ensemble-methods.js';
import { ENSEMBLE_SCHEMAS } from './ensemble-schemas.js';
import { EXPLAIN_SETTINGS } from './explanation.js';
import { EXPORT_SETTINGS } from './export-schema.js';
import { FAMILY_NAMES } from './family-names.js';
import type { Json, JsonObject } from './json.js';
import { MODEL_NAMES } from './model-names.js';
import { PARAMS_SCHEMAS } from './params-schemas.js';

const SEED_LIMIT = 2 ** 32 - 1;

/**
 * The JSON Schema (draft 2020-12) of `pipeline_config.json`: `file` describes what a user writes (parts of a preset to
 * override, nothing required), `complete` what a run receives (everything required).
 */
export function configSchema(of: 'file' | 'complete'): JsonObject {
  const object = (description: string, properties: Record<string, Json>, more: JsonObject = {}): JsonObject => ({
    type: 'object', description, properties, additionalProperties: false, ...(of === 'complete' && { required: Object.keys(properties) }), ...more,
  });
  /** `optional` properties may be absent of complete settings too. */
  const section = (description: string, properties: Record<string, Json>, optional: Record<string, Json> = {}): JsonObject => {
    const all = object(description, { enabled: { type: 'boolean', description: 'Off: the section is left out of the run.' }, ...properties });
    return { ...all, properties: { ...(all['properties'] as JsonObject), ...optional } };
  };
  const model = object('One model. `null` in a file takes a model out of the preset.', {
    kind: { enum: [...MODEL_NAMES], description: 'What it is.' },
    input: {
      description: '`pixels`, `deskewed` (pixels made upright), or the feature families whose columns are joined side by side.',
      anyOf: [{ enum: ['pixels', 'deskewed'] }, families()],
    },
    params: { type: 'object', description: 'Hyper-parameters of its kind; absent ones take the kind\'s defaults.' },
    device: { enum: ['cpu', 'gpu'], description: '`gpu` falls back to the CPU when no GPU worker answers within 30 seconds.' },
    rows: { enum: ['original', 'expanded'], description: '`expanded`: fitted on the augmented images of augment.copies as well.' },
    seeds: count('How often it is fitted, each time with another seed; the further ones are reported as <model>.2, <model>.3 and so on. 1 when absent.', 1, 20),
    initialWeights: {
      description: 'Of a network: path of a zip of a saved tf.layers model (model.json and the files it names), converted from Keras or trained here. Layers of the same name and shapes begin with its weights.',
      if: { type: 'string' }, then: { minLength: 1 }, else: {
        type: 'object', description: 'The file, as the store has it.', additionalProperties: false, required: ['digest', 'bytes', 'mediaType'],
        properties: { digest: { type: 'string', pattern: '^[0-9a-f]{64}$' }, bytes: { type: 'integer', minimum: 0 }, mediaType: { type: 'string' } },
      },
    },
    origin: {
      type: 'object', description: 'The search that found the hyper-parameters; for people, no figure depends on it.',
      properties: { search: { type: 'string' }, digest: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of the search\'s record.' } },
      required: ['search', 'digest'], additionalProperties: false,
    },
  }, {
    ...(of === 'complete' && { required: ['kind', 'input', 'params', 'device', 'rows'] }),
    allOf: paramsOfTheirKind(),
  });
  const map = object('A picture of many images as points of the plane.', {
    method: { enum: ['tsne', 'umap'] },
    of: { type: 'string', description: '`pixels`, or the name of a model of kind cnn whose last hidden layer is shown.' },
    images: count('Images shown, drawn at random.', 100, 70_000),
  });
  const root = object('Settings of a Digitloom run: parts of a preset, overridden.', {
    preset: { enum: [...PRESETS], description: 'What the other settings override.' },
    randomState: count('The one source of randomness.', 0, SEED_LIMIT),
    ingest: section('Reading and cutting the data.', {
      shardSize: count('Images in a shard.', 1),
      limit: object('Keep only the first rows of each half; 0 keeps all.', { train: count('Training rows.', 0), test: count('Test rows.', 0) }),
    }),
    analyse: section('What is learnt of the data; nothing of it changes a model.', {
      gate: object('What the data must fulfil, or the run fails right after ingest.', gateSchema()),
      neighbours: count('Nearest neighbours of each image, for duplicates and class confusion; 0 leaves both out.', 0, 100),
      clusters: { type: 'array', items: count('Clusters.', 2, 1000), uniqueItems: true, description: 'Numbers of k-means clusters; none leaves clustering out.' },
      variance: { type: 'number', minimum: 0, exclusiveMaximum: 1, description: 'Part of the variance that the principal components keep; 0 leaves PCA and LDA out.' },
      selectedColumns: count('Feature columns chosen by mutual information without redundancy; 0 leaves the feature report out.', 0, 1576),
      maps: {
        type: 'object', description: 'Pictures of many images as points of the plane. `null` in a file takes a map out of the preset.',
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,39}$' },
        additionalProperties: of === 'file' ? { anyOf: [map, { type: 'null' }] } : map,
      },
      labelErrors: object('Likely label errors, by confident learning on out-of-fold probabilities.', {
        model: { type: 'string', description: 'The model of train.models that is fitted anew once a fold.' },
        params: { type: 'object', description: 'Hyper-parameters that differ from the model\'s own, e.g. fewer epochs.' },
        folds: { type: 'integer', minimum: 0, maximum: 20, not: { const: 1 }, description: 'Folds, at least 2; 0 leaves label errors and the audit of the test labels out.' },
      }),
    }),
    augment: section('New images made from the training images.', {
      document: AUGMENTATION_SCHEMA,
      copies: count('Augmented images for each training image, kept as shards; 0 makes none.', 0, 20),
      impact: section('What augmentation is worth: one network trained with and without it, judged on validation rows. It changes no model of the run.', {
        model: object('What is trained, on pixels.', {
          kind: { enum: [...MODEL_NAMES], description: 'A kind whose params have `augment`.' },
          params: { type: 'object', description: 'Hyper-parameters of its kind but `augment`, which is varied.' },
          device: { enum: ['cpu', 'gpu'] },
        }, { allOf: paramsOfTheirKind() }),
        kinds: { type: 'array', items: { enum: [...AUGMENTATION_KINDS] }, uniqueItems: true, description: 'Tried alone: as the document has them, else with their defaults.' },
        copies: count('Copies of each image by which the document is tried as expanded rows, beside as long a training with and without it; 0 leaves these three out.', 0, 20),
        seeds: count('Fits of each way, the same seeds for all.', 2, 20),
      }),
    }),
    features: section('Numbers drawn from the images.', { families: families() }),
    train: section('The models.', {
      models: {
        type: 'object',
        description: 'By the name under which each is reported.',
        minProperties: 1,
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,39}$' },
        additionalProperties: of === 'file' ? { anyOf: [model, { type: 'null' }] } : model,
      },
    }),
    ensemble: section('How models are combined.', {
      methods: methods('Ensembles of all models, fitted on the validation rows.'),
      outOfFold: object('Ensembles fitted on out-of-fold probabilities of all training rows; reported as <method>-oof.', {
        methods: methods('None: no folds.'),
        models: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of the models that they join, each fitted anew once a fold.' },
        folds: count('Folds.', 2, 20),
      }),
      seeds: { enum: ['all', 'first'], description: 'Of a model with several seeds: whether all of its fits take part in the ensembles on validation rows, or the first alone.' },
      headline: { type: 'string', description: 'What is reported as ensemble: `best` (the lowest log-loss on the validation rows), or the name of one of them.' },
      params: { type: 'object', description: 'Options of the methods; absent ones take the defaults.', properties: ENSEMBLE_SCHEMAS, additionalProperties: false },
    }),
    compress: section('Smaller variants of models.', {
      models: QUANTISED_MODELS_SCHEMA,
      calibrationImages: count('Training images that fix the ranges of activations.', 1, 60_000),
      variants: {
        type: 'object', description: 'Networks compressed by training, by the names under which they are reported.',
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,39}$' },
        additionalProperties: of === 'file' ? { anyOf: [VARIANT_SCHEMA, { type: 'null' }] } : VARIANT_SCHEMA,
      },
      classical: CLASSICAL_COMPRESSION_SCHEMA,
      gate: COMPRESSION_GATE_SCHEMA,
    }, { search: COMPRESSION_SEARCH_SCHEMA }),
    export: section('Files that other runtimes read, checked against their models.', EXPORT_SETTINGS),
    evaluate: section('The last look at the test images.', {
      latencyImages: count('Single images timed for p50 and p99; 0 times nothing.', 0, 100_000),
      calibration: section('How far probabilities can be believed, when to reject, and sets that hold the true digit; learnt on validation rows.', CALIBRATION_SETTINGS),
      compare: {
        type: 'array', description: 'Pairs of models of at least 2 seeds, compared seed by seed on the test images.', uniqueItems: true,
        items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2, uniqueItems: true },
      },
      explain: section('Pictures of what the networks\' answers rest on, for digits that they read rightly and for their surest mistakes.', EXPLAIN_SETTINGS),
    }),
    report: section('The HTML report.', {}),
  });
  if (of === 'complete') return { ...root, $defs: PARAMS_SCHEMAS };
  const properties = { $schema: { type: 'string' }, ...(root['properties'] as JsonObject) };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:digitloom:pipeline-config', title: 'pipeline_config.json', ...root, properties, $defs: PARAMS_SCHEMAS };
}

function count(description: string, minimum: number, maximum?: number): JsonObject {
  return { type: 'integer', minimum, ...(maximum !== undefined && { maximum }), description };
}

function paramsOfTheirKind(): JsonObject[] {
  return MODEL_NAMES.map((kind) => ({ if: { properties: { kind: { const: kind } }, required: ['kind'] }, then: { properties: { params: { $ref: `#/$defs/${kind}` } } } }));
}

function methods(description: string): JsonObject {
  return { type: 'array', items: { enum: [...ENSEMBLE_METHODS] }, uniqueItems: true, description };
}

function families(): JsonObject {
  return {
    type: 'array', items: { enum: [...FAMILY_NAMES] }, minItems: 1, uniqueItems: true, description: 'Feature families, in column order.',
  };
}

function gateSchema(): Record<string, Json> {
  return Object.fromEntries(Object.entries(GATE_SETTINGS).map(([name, setting]) => [name, { ...setting }]));
}
