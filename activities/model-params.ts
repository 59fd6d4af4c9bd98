import type { ModelConfig } from '../shared/config.js';
import type { Json, JsonObject } from '../shared/json.js';

/** A model's input, as a step's parameter. */
export function inputParam({ input }: Pick<ModelConfig, 'input'>): Json {
  return typeof input === 'string' ? input : [...input];
}

/** The threads a model's process computes with: a setting (`params.threads`), never read off the machine. */
export function threadsOf({ params }: ModelConfig): number {
  const { threads } = params;
  return typeof threads === 'number' ? threads : 1;
}

/** The hyper-parameters alone. */
export function optionsOf({ params }: ModelConfig): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'threads'));
}
