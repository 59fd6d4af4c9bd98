import { nearestName } from '../client/nearest-name.js';
import { NotFoundError } from '../shared/errors.js';

/**
 * The error of a model that a run does not have.
 * @param wanted none where any would do
 * @param names those that it has
 * @param purpose what they are for, e.g. ` that can answer`
 */
export function noSuchModel(runId: string, wanted: string | undefined, names: readonly string[], purpose = ''): NotFoundError {
  const near = wanted === undefined ? undefined : nearestName(wanted, names);
  const lacks = wanted === undefined ? 'no model' : `no model "${wanted}"`;
  return new NotFoundError(`Run ${runId} has ${lacks}${purpose}; it has ${names.join(', ') || 'none'}${near === undefined ? '' : ` (did you mean ${near}?)`}.`);
}
