import type { ModelConfig, PipelineConfig } from './config.js';
import { InternalError } from './errors.js';
import type { JsonObject } from './json.js';
import type { SearchSpace } from './search.js';

/** The model of a trial: its own settings under the values that the search chose, and the resource where it is a hyper-parameter. */
export function trialModel({ model, resource }: SearchSpace, { train }: PipelineConfig, params: JsonObject, amount: number | undefined): ModelConfig {
  const configured = train.models[model];
  if (!configured) throw new InternalError(`A search for ${model} has no such model in its settings.`);
  const base = ownSettings(configured);
  const given = resource && resource.of !== 'rows' && amount !== undefined ? { [resource.of]: amount } : {};
  return { ...base, params: { ...base.params, ...params, ...given } };
}

/** What an earlier search found is no longer what the model has. */
function ownSettings({ origin: _, ...settings }: ModelConfig): ModelConfig {
  return settings;
}
