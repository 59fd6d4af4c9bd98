import type { JsonObject } from './json.js';

/** The kinds of augmentation, one file each in `ml/augment`; a test holds them equal to the registry. */
export const AUGMENTATION_KINDS: readonly string[] = [
  'rotation', 'translation', 'scale', 'shear', 'perspective', 'elastic', 'clahe', 'brightness', 'contrast', 'morphology', 'noise', 'cutout',
];

/** JSON Schema of an augmentation pipeline: its form; the ranges of parameters and the order of steps are checked by its reader. */
export const AUGMENTATION_SCHEMA: JsonObject = {
  type: 'object',
  description: 'An augmentation pipeline (docs/augmentation.md).',
  required: ['version', 'steps'],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    beyondSafeLimits: { type: 'boolean', description: 'Allows parameters beyond which digits may lose their labels.' },
    steps: {
      type: 'array',
      description: 'Moves, then displacements, then changes of pixels.',
      items: {
        type: 'object',
        required: ['kind'],
        additionalProperties: false,
        properties: {
          kind: { enum: AUGMENTATION_KINDS },
          probability: { type: 'number', minimum: 0, maximum: 1, description: 'The part of all images that the step changes; 1 when absent.' },
          parameters: { type: 'object', additionalProperties: { type: 'number' }, description: 'Those that differ from the kind\'s defaults.' },
        },
      },
    },
  },
};
