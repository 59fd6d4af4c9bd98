import type { Candidate } from './candidate.js';
import { outputOf } from './output-of.js';
import { trainCpu } from './proxies.js';
import { recordCandidate } from './record-candidate.js';
import type { RunData, RunScope } from './run-scope.js';
import { withDocument } from './with-document.js';

/** Makes one classical model smaller, as `<name>-small` of the same kind. */
export async function shrinkClassical({ config, status }: RunScope, { dataset, features }: RunData, { handle, cached }: Candidate, mostLost: number): Promise<Candidate> {
  const model = config.train.models[handle.name];
  const input = { candidate: handle, dataset, ...(model && typeof model.input !== 'string' && features && { features }), mostLost };
  const result = status.count('compress', await trainCpu.shrinkClassical.executeWithOptions({ summary: `${handle.name} made smaller` }, [input]));
  const { parameters, validationAccuracy, how } = result.summary;
  const artifacts = { model: outputOf(result, 'model'), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
  return recordCandidate(
    { name: `${handle.name}-small`, modelKind: model?.kind ?? '', ...(model && { config: withDocument(model, config) }), of: handle, artifacts, parameters, fit: result.key, note: how },
    { role: 'variant', validationAccuracy, cached: cached && result.cached },
  );
}
