import type { FitModelInput, FittedModel } from '../shared/contracts/steps.js';
import { isFurtherSeed } from '../shared/model-fits.js';
import { countedStep } from './counted-step.js';
import { fitWhereAsked, tell } from './fit-where-asked.js';
import { outputOf } from './output-of.js';
import { trainCpu } from './proxies.js';
import { recordCandidate } from './record-candidate.js';
import type { TrainedModel } from './trained-model.js';

/** Before the fits that wait: a model that is fitted is done seconds later, not after all others. */
const FIRST = { priorityKey: 2 };

/**
 * Fits one model, predicts the test images with it, and records it as a candidate. A child workflow of its own, so that a model has its own history,
 * can be found by its name, and is cancelled with its run.
 */
export async function trainModel(input: FitModelInput): Promise<TrainedModel> {
  // The run hears of it once the fit is in its queue: what can wait is queued behind it.
  const [{ fit, note }] = await Promise.all([fitWhereAsked(input), tell(input, '')]);
  const fitted: FittedModel = {
    name: input.name,
    config: input.model,
    model: outputOf(fit, 'model'),
    validationProba: outputOf(fit, 'validationProba'),
  };
  const test = await trainCpu.predictTest.executeWithOptions({ summary: `${input.name}: test images`, priority: FIRST }, [
    { fitted, dataset: input.dataset, ...(input.features && { features: input.features }) },
  ]);
  const artifacts = { model: fitted.model, validationProba: fitted.validationProba, testProba: outputOf(test, 'testProba') };
  const { parameters, validationAccuracy } = fit.summary;
  const candidate = await recordCandidate(
    { name: input.name, modelKind: input.model.kind, config: input.model, ...(input.seedOf && { seedOf: input.seedOf }), artifacts, parameters, fit: fit.key, ...(note && { note }) },
    { role: isFurtherSeed(input.seedOf) ? 'seed' : 'model', validationAccuracy, cached: fit.cached && test.cached },
  );
  const steps = [fit, test].map(countedStep);
  return { candidate, steps, note };
}
