import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { evaluateModels } from '../../ml/evaluation/evaluate-models.js';
import { MEDIA } from '../../shared/artifact.js';
import type { EvaluateSummary } from '../../shared/contracts/steps.js';
import type { StepFunction } from '../../shared/step.js';

/** Parameters of the evaluate step. */
interface EvaluateParams {
  /** In the order of the probabilities. */
  readonly names: readonly string[];
  /** Pairs of a model and its compressed variant. */
  readonly variants: readonly (readonly [string, string])[];
  /** The model that is tested against every other; the first when absent. */
  readonly reference?: string;
}

/** Measures every model's test probabilities against the test labels, which no other step reads. */
const evaluate: StepFunction<EvaluateParams> = ({ params, inputs }, hooks) => {
  const labels = decodeLabels(inputs['labels']?.[0]);
  const models = params.names.map((name, i) => ({ name, proba: decodeProbabilities(name, inputs['proba']?.[i]) }));
  hooks.progress({ fraction: 0.2, note: `${models.length} models` });
  const evaluation = evaluateModels(models, labels, params);
  hooks.progress({ fraction: 1 });
  const summary: EvaluateSummary = { accuracy: Object.fromEntries(evaluation.models.map(({ name, accuracy }) => [name, accuracy])) };
  const bytes = new TextEncoder().encode(JSON.stringify(evaluation));
  return { outputs: { evaluation: { bytes, mediaType: MEDIA.json } }, summary };
};

export default evaluate;
