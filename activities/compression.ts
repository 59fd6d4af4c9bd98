import type { QuantizeSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { threadsOf } from './model-params.js';
import { artifactOf } from './read-candidates.js';

/** Compressed variants of fitted models. */
export function createCompressionActivities({ read, run }: GroupDeps): Pick<StepActivities, 'quantize'> {
  return {
    async quantize({ candidate, dataset, calibrationImages, randomState }) {
      const { train, test, validationRows } = await read.dataset(dataset);
      const entry = await read.candidate(candidate);
      return run<QuantizeSummary>({
        step: 'quantize',
        label: `${entry.name}-int8`,
        params: { calibrationImages, validationRows, threads: entry.config ? threadsOf(entry.config) : 1 },
        randomState,
        inputs: {
          model: [artifactOf(entry, 'model')],
          images: train.images.map(({ ref }) => ref),
          labels: [train.labels],
          testImages: test.images.map(({ ref }) => ref),
        },
      });
    },
  };
}
