import type { ArtifactRef } from '../shared/artifact.js';
import type { MeasureInput, MeasureSummary, StepActivities } from '../shared/contracts/steps.js';
import { InternalError } from '../shared/errors.js';
import type { GroupDeps } from './activity-deps.js';
import { measuringMachine } from './machine.js';
import { inputParam, threadsOf } from './model-params.js';
import { stackCall } from './stack-call.js';
import type { StepCall } from './step-call.js';

type MeasureCall = Pick<StepCall, 'step' | 'params' | 'inputs'>;

/** Single-image latency and throughput from pixels, features included, keyed by the machine on which they were measured. */
export function createMeasurementActivities({ read, run }: GroupDeps): Pick<StepActivities, 'measure'> {
  return {
    async measure(input) {
      // One shard of images is enough to time single ones.
      const images = (await read.dataset(input.dataset)).test.images.slice(0, 1).map(({ ref }) => ref);
      const { step, params, inputs } = CALLS[input.kind](input);
      return run<MeasureSummary>({
        step, params: { ...params, images: input.images }, inputs: { ...inputs, images },
        label: input.name, environment: { machine: measuringMachine() },
      });
    },
  };
}

const CALLS: Record<MeasureInput['kind'], (input: MeasureInput) => MeasureCall> = {
  model({ name, fitted: [fitted] }) {
    if (!fitted) throw new InternalError(`measure of "${name}" needs its fitted model.`);
    const { config, model } = fitted;
    return { step: `measure-${config.kind}`, params: { input: inputParam(config), threads: threadsOf(config) }, inputs: { model: [model] } };
  },

  tflite: (input) => ({ step: 'measure-tflite', params: { threads: 1 }, inputs: { tflite: [artifactOf(input)] } }),

  stack(input) {
    const { models, bases } = stackCall(input.fitted);
    return { step: 'measure-stack', params: { models, threads: 1 }, inputs: { ...bases, meta: [artifactOf(input)] } };
  },
};

function artifactOf({ name, kind, artifact }: MeasureInput): ArtifactRef {
  if (!artifact) throw new InternalError(`measure of "${name}" (${kind}) needs its artifact.`);
  return artifact;
}
