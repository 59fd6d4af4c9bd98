import type { ModelConfig, PipelineConfig } from './config.js';
import { InternalError } from './errors.js';
import type { JsonObject } from './json.js';
import type { SearchSpace } from './search.js';

/** The model of a trial: its own settings under the values that the search chose, and the resource where it is a hyper-parameter. */
export function trialModel({ model, resource }: SearchSpace, { train }: PipelineConfig, params: JsonObject, amount: number | undefined): ModelConfig {
  const configured = train.models[model];
  if (!configured) throw new InternalError(`A search for ${model} has no such model in its settings.`);
  const { origin: _, ...base } = configured;
  const given = resource && resource.of !== 'rows' && amount !== undefined ? { [resource.of]: amount } : {};
  return { ...base, params: { ...base.params, ...params, ...given } };
}
