import { decodeCalibration } from '../../ml/calibration/calibration-bytes.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import type { SeedGroup } from '../../ml/evaluation/compare-seeds.js';
import { evaluateModels } from '../../ml/evaluation/evaluate-models.js';
import { MEDIA } from '../../shared/artifact.js';
import type { EvaluateSummary } from '../../shared/contracts/steps.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';

/** Parameters of the evaluate step. */
interface EvaluateParams {
  /** In the order of the probabilities. */
  readonly names: readonly string[];
  /** Pairs of a model and its compressed variant. */
  readonly variants: readonly (readonly [string, string])[];
  /** The model that is tested against every other; the first when absent. */
  readonly reference?: string;
  /** Models that were fitted with several seeds. */
  readonly seeds?: readonly SeedGroup[];
  /** Pairs of them to be compared seed by seed. */
  readonly compare?: readonly (readonly [string, string])[];
}

/** Measures every model's test probabilities, and what its calibration makes of them, against the test labels, which no other step reads. */
const evaluate: StepFunction<EvaluateParams> = ({ params, inputs, seed }, hooks) => {
  const { names } = params;
  const labels = decodeLabels(inputs['labels']?.[0]);
  const calibrations = inputs['calibration'] ?? [];
  if (calibrations.length > 0 && calibrations.length !== names.length) {
    throw new InvalidDataError(`${calibrations.length} calibrations for ${names.length} models: expected one for each, or none.`);
  }
  const models = names.map((name, i) => ({
    name, proba: decodeProbabilities(name, inputs['proba']?.[i]), ...(calibrations.length > 0 && { calibration: decodeCalibration(name, calibrations[i]) }),
  }));
  hooks.progress({ fraction: 0.1, note: `${models.length} models` });
  const onModel = (done: number): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: 0.1 + (0.8 * done) / models.length });
  };
  const evaluation = evaluateModels(models, labels, { ...params, seed, onModel });
  hooks.progress({ fraction: 1 });
  const summary: EvaluateSummary = { accuracy: Object.fromEntries(evaluation.models.map(({ name, accuracy }) => [name, accuracy])) };
  const bytes = new TextEncoder().encode(JSON.stringify(evaluation));
  return { outputs: { evaluation: { bytes, mediaType: MEDIA.json } }, summary };
};

export default evaluate;
