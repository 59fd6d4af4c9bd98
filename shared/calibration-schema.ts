import { CALIBRATION_METHODS } from './calibration.js';
import type { Json } from './json.js';

/** The settings of `evaluate.calibration`, beside `enabled`, as JSON Schema. */
export const CALIBRATION_SETTINGS: Readonly<Record<string, Json>> = {
  methods: {
    type: 'array', items: { enum: [...CALIBRATION_METHODS] }, uniqueItems: true,
    description: 'Methods among which each model\'s cross-validated log-loss on validation rows chooses; leaving probabilities as they are is always one of them.',
  },
  risks: {
    type: 'array', items: { type: 'number', minimum: 0, exclusiveMaximum: 1 }, uniqueItems: true, maxItems: 10,
    description: 'Rates of wrong answers to keep by rejecting what is too unsure.',
  },
  alphas: {
    type: 'array', items: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, uniqueItems: true, maxItems: 10,
    description: 'Shares of images whose true digit a conformal prediction set may lack.',
  },
};
