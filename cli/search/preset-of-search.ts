import { NotFoundError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { SearchRecord } from '../../shared/search.js';

/**
 * What a search found, as a `pipeline_config.json`: the preset it was searched in and the one model with its values, the resource among them,
 * and where they come from. A run of it answers the model's fit from the store.
 * @throws NotFoundError when no trial has succeeded.
 */
export function presetOfSearch({ searchId, digest, config, space, best }: Pick<SearchRecord, 'searchId' | 'digest' | 'config' | 'space' | 'best'>): JsonObject {
  if (!best) throw new NotFoundError(`Search "${searchId}" has found nothing yet: no fit has succeeded in its record.`);
  const { kind, input, params, device, rows } = best.model;
  const model: JsonObject = { kind, input: typeof input === 'string' ? input : [...input], params, device, rows, origin: { search: searchId, digest } };
  return { preset: config.preset, randomState: config.randomState, train: { models: { [space.model]: model } } };
}
