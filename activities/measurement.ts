import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { MeasureSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { measuringMachine } from './machine.js';
import type { ManifestReader } from './manifest-reader.js';
import { inputParam, threadsOf } from './model-params.js';
import { artifactOf, readCandidates } from './read-candidates.js';
import { stackCall } from './stack-call.js';
import type { StepCall } from './step-call.js';

/** Single-image latency and throughput from pixels, features included, keyed by the machine on which they were measured. */
export function createMeasurementActivities({ read, run }: GroupDeps): Pick<StepActivities, 'measure'> {
  return {
    async measure({ candidate, dataset, images: count }) {
      // One shard of images is enough to time single ones.
      const images = (await read.dataset(dataset)).test.images.slice(0, 1).map(({ ref }) => ref);
      const { step, params, inputs } = await callOf(read, await read.candidate(candidate));
      return run<MeasureSummary>({
        step, params: { ...params, images: count }, inputs: { ...inputs, images },
        label: candidate.name, environment: { machine: measuringMachine() },
      });
    },
  };
}

async function callOf(read: ManifestReader, entry: CandidateEntry): Promise<Pick<StepCall, 'step' | 'params' | 'inputs'>> {
  const { config, bases, modelKind } = entry;
  if (bases) {
    const { models, bases: inputs } = stackCall(await readCandidates(read, bases));
    return { step: 'measure-stack', params: { models, threads: 1 }, inputs: { ...inputs, meta: [artifactOf(entry, 'model')] } };
  }
  if (config) return { step: `measure-${modelKind}`, params: { input: inputParam(config), threads: threadsOf(config) }, inputs: { model: [artifactOf(entry, 'model')] } };
  return { step: `measure-${modelKind}`, params: { threads: 1 }, inputs: { [modelKind]: [artifactOf(entry, modelKind)] } };
}
