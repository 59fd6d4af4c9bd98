import type { ModelConfig, PipelineConfig } from '../shared/config.js';
import type { JsonObject } from '../shared/json.js';

/** `augment: "section"` stands for the document of the augment section, which is then part of the model's key. */
export function withDocument(model: ModelConfig, config: PipelineConfig): ModelConfig {
  return { ...model, params: paramsWithDocument(model.params, config) };
}

/** The same of how something is trained. */
export function paramsWithDocument(params: JsonObject, { augment }: PipelineConfig): JsonObject {
  return params['augment'] === 'section' ? { ...params, augment: augment.document } : params;
}
