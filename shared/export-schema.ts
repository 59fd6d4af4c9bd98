import { EXPORT_FORMATS } from './export-formats.js';
import type { Json } from './json.js';

/** JSON Schemas of the settings of the section `export`. */
export const EXPORT_SETTINGS: Readonly<Record<string, Json>> = {
  models: {
    description: '`all`, or names of models, ensembles and variants.',
    anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true }],
  },
  formats: {
    type: 'array', items: { enum: [...EXPORT_FORMATS] }, minItems: 1, uniqueItems: true,
    description: 'What each is written as; a model that a format cannot hold is listed as refused, with the reason. Classical models and ensembles: onnx.',
  },
  calibrationImages: { type: 'integer', minimum: 1, maximum: 60_000, description: 'Training images that fix the ranges of activations in onnx-int8, tflite-int8 and tflite-int8-weights4.' },
  licence: { type: 'string', minLength: 1, maxLength: 200, description: 'What the files say of the models\' licence, e.g. Apache-2.0.' },
};
