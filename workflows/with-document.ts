import type { ModelConfig, PipelineConfig } from '../shared/config.js';

/** `augment: "section"` stands for the document of the augment section, which is then part of the model's key. */
export function withDocument(model: ModelConfig, { augment }: PipelineConfig): ModelConfig {
  return model.params['augment'] === 'section' ? { ...model, params: { ...model.params, augment: augment.document } } : model;
}
