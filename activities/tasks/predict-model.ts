import { assembleInput } from '../../ml/data/assemble-input.js';
import type { ModelInput } from '../../ml/data/assemble-input.js';
import type { ModelKind } from '../../ml/models/model.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { predictInParts } from './predict-in-parts.js';
import { probabilitiesOutput } from './probabilities-output.js';

/** What `predict-<kind>` is told. */
export interface PredictParams {
  readonly input: ModelInput;
}

/** The step `predict-<kind>`: a model's probabilities of the test rows. Outputs: `testProba` (float32, [rows, 10]). */
export function predictStep<O extends object>(kind: ModelKind<O>): StepFunction<PredictParams> {
  return async ({ params, inputs, native }, hooks) => {
    const bytes = inputs['model']?.[0];
    if (!bytes) throw new InvalidDataError(`predict-${kind.name} was given no model.`);
    const x = assembleInput(params.input, inputs);
    const model = await kind.load(bytes, native);
    try {
      const proba = await predictInParts(model, x, hooks.signal, (fraction) => hooks.progress({ fraction, note: 'predicting' }));
      return { outputs: probabilitiesOutput(proba), summary: { runtime: model.runtime } };
    } finally {
      model.dispose();
    }
  };
}
