import { DURATION_PATTERN } from './duration-ms.js';
import type { JsonObject } from './json.js';
import { MODEL_NAMES } from './model-names.js';
import { SEARCH_METRICS, STRATEGIES } from './search.js';

/** Kinds of spaces, of which each hyper-parameter has exactly one. */
export const SPACES = ['choice', 'uniform', 'logUniform', 'integer'] as const;

const MOST_TRIALS = 2_000;

const param: JsonObject = {
  type: 'object',
  description: 'The values among which one hyper-parameter is looked for.',
  additionalProperties: false,
  properties: {
    choice: { type: 'array', minItems: 1, maxItems: 100, uniqueItems: true, description: 'These values.' },
    uniform: range('number', 'Any number of this range.'),
    logUniform: range('number', 'Any number of this range, small ones as often as large ones; the low end is above 0.'),
    integer: range('integer', 'Any whole number of this range, both ends included.'),
    log: { type: 'boolean', description: 'With integer: small ones as often as large ones; the low end is above 0.' },
    steps: { type: 'integer', minimum: 1, maximum: 1_000, description: 'How many values a grid takes of a range; whole numbers may go without: all are taken.' },
  },
  oneOf: SPACES.map((name) => ({ required: [name] })),
};

const model: JsonObject = {
  description: 'A name in train.models of the settings, or a model of its own: its kind, its input and the hyper-parameters that are not looked for.',
  if: { type: 'string' },
  then: {},
  else: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'input'],
    properties: {
      kind: { enum: [...MODEL_NAMES] },
      input: { description: 'As in train.models.' },
      params: { type: 'object', description: 'Hyper-parameters that stay as they are.' },
      device: { enum: ['cpu', 'gpu'] },
      rows: { enum: ['original', 'expanded'] },
    },
  },
};

/** The JSON Schema (draft 2020-12) of a search's document. */
export const SEARCH_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:digitloom:search',
  title: 'A search for hyper-parameters',
  type: 'object',
  additionalProperties: false,
  required: ['model', 'params', 'strategy', 'trials'],
  properties: {
    $schema: { type: 'string' },
    model,
    params: { type: 'object', minProperties: 1, additionalProperties: param, description: 'Hyper-parameters of the kind, by name.' },
    strategy: {
      enum: [...STRATEGIES],
      description: 'random: values drawn at random, each set once; grid: every combination; asha: random, but only one in `reduction` goes on to the next rung.',
    },
    trials: { type: 'integer', minimum: 1, maximum: MOST_TRIALS, description: 'Sets of values that are tried, at most; a grid that has more is refused.' },
    window: { type: 'integer', minimum: 1, maximum: 200, default: 4, description: 'Trials at once.' },
    timeBudget: { type: 'string', pattern: DURATION_PATTERN, description: 'The search ends after this time at the latest, e.g. 30m.' },
    metric: { enum: [...SEARCH_METRICS], default: 'validationLogLoss', description: 'What is made small or large, on the validation rows.' },
    resource: {
      type: 'object',
      description: 'What trials get little of at first: asha needs it, medianStopping too.',
      additionalProperties: false,
      required: ['of', 'min'],
      properties: {
        of: { type: 'string', description: '`rows` (training rows), or a whole-numbered hyper-parameter of the kind such as rounds, epochs, maxIterations.' },
        min: { type: 'integer', minimum: 1, description: 'At the lowest rung.' },
        max: { type: 'integer', minimum: 1, description: 'At the highest; may be absent for rows: all there are.' },
      },
    },
    reduction: { type: 'number', minimum: 2, maximum: 10, default: 3, description: 'The resource grows by this factor from rung to rung; asha promotes one in so many.' },
    medianStopping: {
      type: 'object',
      description: 'A trial ends after a rung where its best figure is worse than the median of the other trials\' averages up to there.',
      additionalProperties: false,
      properties: {
        grace: { type: 'integer', minimum: 0, default: 1, description: 'Rungs that every trial is granted.' },
        minSamples: { type: 'integer', minimum: 1, default: 3, description: 'Other trials that must have come as far.' },
      },
    },
    maxFailures: { type: 'integer', minimum: 0, description: 'More failed trials than this fail the search (default: a quarter of the trials, at least 1).' },
    seed: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1, description: 'Of what is drawn at random (default: randomState).' },
  },
};

function range(type: 'number' | 'integer', description: string): JsonObject {
  return { type: 'array', items: { type }, minItems: 2, maxItems: 2, description: `${description} [low, high]` };
}
