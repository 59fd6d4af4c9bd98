import type { JsonObject } from './json.js';

/**
 * The pipeline for training: what two people's hands do to the same digit. It was chosen on validation rows
 * (docs/experiments-cnn.md).
 */
export const TRAINING_AUGMENTATION: JsonObject = {
  version: 1,
  steps: [
    { kind: 'rotation', parameters: { degrees: 10 } },
    { kind: 'translation', parameters: { fraction: 0.07 } },
    { kind: 'scale', parameters: { change: 0.1 } },
    { kind: 'shear', parameters: { factor: 0.1 } },
  ],
};

/** A pipeline of every kind, each on a part of the images, for the contact sheet: to be looked at, not to be trained with. */
export const SHOWN_AUGMENTATION: JsonObject = {
  version: 1,
  steps: [
    { kind: 'rotation', probability: 0.6, parameters: { degrees: 10 } },
    { kind: 'translation', probability: 0.6 },
    { kind: 'scale', probability: 0.6 },
    { kind: 'shear', probability: 0.6, parameters: { factor: 0.15 } },
    { kind: 'perspective', probability: 0.3 },
    { kind: 'elastic', probability: 0.5, parameters: { alpha: 22 } },
    { kind: 'clahe', probability: 0.15 },
    { kind: 'brightness', probability: 0.15 },
    { kind: 'contrast', probability: 0.2 },
    { kind: 'morphology', probability: 0.4 },
    { kind: 'noise', probability: 0.25 },
    { kind: 'cutout', probability: 0.25 },
  ],
};
