import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import { recordCandidate } from '../record-candidate.js';
import type { RunData, RunScope } from '../run-scope.js';

/** The name under which the stack is reported. */
export const ENSEMBLE = 'ensemble';

/** Fits the meta-learner on the validation probabilities of all models. */
export async function ensembleStage({ config, status }: RunScope, { dataset }: RunData, models: readonly Candidate[]): Promise<Candidate> {
  return status.stage('ensemble', 1, async () => {
    const bases = models.map(({ handle }) => handle);
    const input = { bases, dataset, C: config.ensemble.C, randomState: config.randomState };
    const result = status.count('ensemble', await cpu.stack.executeWithOptions({ summary: bases.map(({ name }) => name).join('+').slice(0, 150) }, [input]));
    const { parameters, validationAccuracy } = result.summary;
    const artifacts = { model: outputOf(result, 'model'), validationProba: outputOf(result, 'validationProba'), testProba: outputOf(result, 'testProba') };
    return recordCandidate(
      { name: ENSEMBLE, modelKind: 'stack', bases, artifacts, parameters, fit: result.key },
      { role: 'ensemble', validationAccuracy, cached: result.cached && models.every(({ cached }) => cached) },
    );
  });
}
