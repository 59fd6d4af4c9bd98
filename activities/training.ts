import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import type { FitSummary, StepActivities } from '../shared/contracts/steps.js';
import { InvalidConfigError } from '../shared/errors.js';
import { isFurtherSeed } from '../shared/model-fits.js';
import type { GroupDeps, StepActivityDeps } from './activity-deps.js';
import { modelInputs } from './model-inputs.js';
import { inputParam, optionsOf, threadsOf } from './model-params.js';
import { trainingProgress } from './training-progress.js';

/** Fitting one model, and its predictions of the test images. Neither sees a test label. */
export function createTrainingActivities({ read, run }: GroupDeps, deps: Pick<StepActivityDeps, 'signalProgress' | 'log'>): Pick<StepActivities, 'fitModel' | 'predictTest'> {
  return {
    async fitModel({ name, dataset, features, model, randomState, seedOf, fitRows, progressTo }) {
      const { train, validationRows } = await read.dataset(dataset);
      const of = { dataset, ...(features ? { features } : {}) };
      const inputs = await modelInputs(read, model.input, { ...of, split: 'train' });
      const more = model.rows === 'expanded' ? augmentedRoles(await modelInputs(read, model.input, { ...of, split: 'augmented' })) : {};
      return run<FitSummary>({
        step: `fit-${model.kind}`,
        label: name,
        params: { input: inputParam(model), options: optionsOf(model), validationRows, threads: threadsOf(model), ...(fitRows !== undefined && { fitRows }) },
        randomState,
        ...(seedOf && isFurtherSeed(seedOf) && { seedFrom: { step: 'seed', params: { number: seedOf.number } } }),
        inputs: { ...inputs, ...more, labels: [train.labels], ...initialWeightsOf(name, model) },
        onProgress: trainingProgress(deps, progressTo, name),
      });
    },

    async predictTest({ fitted, dataset, features }) {
      const { config } = fitted;
      const inputs = await modelInputs(read, config.input, { dataset, split: 'test', ...(features ? { features } : {}) });
      return run({
        step: `predict-${config.kind}`,
        label: fitted.name,
        params: { input: inputParam(config), threads: threadsOf(config) },
        inputs: { ...inputs, model: [fitted.model] },
      });
    },
  };
}

/** @throws InvalidConfigError for a path, which no worker can read. */
function initialWeightsOf(name: string, { initialWeights }: ModelConfig): Record<string, ArtifactRef[]> {
  if (typeof initialWeights === 'string') throw new InvalidConfigError(`train.models.${name}.initialWeights is the path ${initialWeights}; expected the stored file: start the run with Digitloom's client, which puts it there.`);
  return initialWeights ? { initialWeights: [initialWeights] } : {};
}

/** The roles of augmented rows: `augmented:images`, `augmented:x:<family>`. */
function augmentedRoles(inputs: Readonly<Record<string, ArtifactRef[]>>): Record<string, ArtifactRef[]> {
  return Object.fromEntries(Object.entries(inputs).map(([role, refs]) => [`augmented:${role}`, refs]));
}
