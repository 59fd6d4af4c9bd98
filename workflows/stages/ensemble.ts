import type { FittedModel } from '../../shared/contracts/steps.js';
import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** The name under which the stack is reported. */
export const ENSEMBLE = 'ensemble';

/** Fits the meta-learner on the validation probabilities of all models. */
export async function ensembleStage({ config, status }: RunScope, { dataset }: RunData, models: readonly Candidate[]): Promise<Candidate> {
  return status.stage('ensemble', 1, async () => {
    const fitted = models.flatMap((model) => model.timing.fitted);
    const base = models.map((model, i) => ({
      name: model.name,
      validationProba: (fitted[i] as FittedModel).validationProba,
      testProba: model.testProba,
    }));
    const input = { base, dataset, C: config.ensemble.C, randomState: config.randomState };
    const result = status.count('ensemble', await cpu.stack.executeWithOptions({ summary: base.map(({ name }) => name).join('+').slice(0, 150) }, [input]));
    const model = outputOf(result, 'model');
    const testProba = outputOf(result, 'testProba');
    const sum = (of: (candidate: Candidate) => number): number => models.reduce((total, candidate) => total + of(candidate), 0);
    return {
      name: ENSEMBLE,
      kind: 'stack',
      testProba,
      artifacts: { model, testProba },
      bytes: model.bytes + sum(({ bytes }) => bytes),
      parameters: result.summary.parameters + sum(({ parameters }) => parameters),
      trainingSeconds: result.computedSeconds + sum(({ trainingSeconds }) => trainingSeconds),
      cached: result.cached && models.every(({ cached }) => cached),
      timing: { kind: 'stack', fitted, artifact: model },
      fit: { key: result.key },
    };
  });
}
