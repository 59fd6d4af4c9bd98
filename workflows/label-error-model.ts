import type { ModelConfig, PipelineConfig } from '../shared/config.js';
import { withDocument } from './with-document.js';

/** The model that judges the labels, with the hyper-parameters that it has for that; undefined where the run has none of its name. */
export function labelErrorModel(config: PipelineConfig): ModelConfig | undefined {
  const { model: name, params } = config.analyse.labelErrors;
  const configured = config.train.models[name];
  return configured && withDocument({ ...configured, params: { ...configured.params, ...params } }, config);
}
