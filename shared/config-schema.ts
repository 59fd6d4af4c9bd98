import { PRESETS } from './config.js';
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
  const section = (description: string, properties: Record<string, Json>): JsonObject =>
    object(description, { enabled: { type: 'boolean', description: 'Off: the section is left out of the run.' }, ...properties });
  const model = object('One model. `null` in a file takes a model out of the preset.', {
    kind: { enum: [...MODEL_NAMES], description: 'What it is.' },
    input: {
      description: '`pixels`, or the feature families whose columns are joined side by side.',
      anyOf: [{ const: 'pixels' }, families()],
    },
    params: { type: 'object', description: 'Hyper-parameters of its kind; absent ones take the kind\'s defaults.' },
    device: { enum: ['cpu', 'gpu'], description: '`gpu` falls back to the CPU when no GPU worker answers within 30 seconds.' },
  }, {
    allOf: MODEL_NAMES.map((kind) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      then: { properties: { params: { $ref: `#/$defs/${kind}` } } },
    })),
  });
  const root = object('Settings of a Digitloom run: parts of a preset, overridden.', {
    preset: { enum: [...PRESETS], description: 'What the other settings override.' },
    randomState: count('The one source of randomness.', 0, SEED_LIMIT),
    ingest: section('Reading and cutting the data.', {
      shardSize: count('Images in a shard.', 1),
      limit: object('Keep only the first rows of each half; 0 keeps all.', { train: count('Training rows.', 0), test: count('Test rows.', 0) }),
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
    ensemble: section('The stacking meta-learner.', { C: { type: 'number', exclusiveMinimum: 0, description: 'Inverse L2 strength.' } }),
    compress: section('int8 quantisation.', {
      models: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of models of kind cnn.' },
      calibrationImages: count('Training images that fix the ranges of activations.', 1, 60_000),
    }),
    evaluate: section('The last look at the test images.', { latencyImages: count('Single images timed for p50 and p99; 0 times nothing.', 0, 100_000) }),
    report: section('The HTML report.', {}),
  });
  if (of === 'complete') return { ...root, $defs: PARAMS_SCHEMAS };
  const properties = { $schema: { type: 'string' }, ...(root['properties'] as JsonObject) };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:digitloom:pipeline-config', title: 'pipeline_config.json', ...root, properties, $defs: PARAMS_SCHEMAS };
}

function count(description: string, minimum: number, maximum?: number): JsonObject {
  return { type: 'integer', minimum, ...(maximum !== undefined && { maximum }), description };
}

function families(): JsonObject {
  return {
    type: 'array', items: { enum: [...FAMILY_NAMES] }, minItems: 1, uniqueItems: true, description: 'Feature families, in column order.',
  };
}
