import type { ModelConfig } from '../shared/config.js';
import { NETWORK_NAMES } from '../shared/model-names.js';

/**
 * What all models of an ensemble read, where it is one file with them: where they are classical and read the same. A stack of XGBoost's trees is not: they
 * cut between probabilities that differ by less than files of the same model may.
 * @param method of the ensemble
 */
export function commonInput(method: string, bases: readonly (Pick<ModelConfig, 'kind' | 'input'> | undefined)[]): ModelConfig['input'] | undefined {
  const inputs = new Set(bases.map((base) => JSON.stringify(base?.input)));
  const isClassical = bases.every((base) => base && !NETWORK_NAMES.includes(base.kind));
  return method !== 'stack-xgboost' && isClassical && inputs.size === 1 ? bases[0]?.input : undefined;
}
