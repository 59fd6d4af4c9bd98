import type { QuantizeSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { threadsOf } from './model-params.js';

/** Compressed variants of fitted models. */
export function createCompressionActivities({ read, run }: GroupDeps): Pick<StepActivities, 'quantize'> {
  return {
    async quantize({ fitted, dataset, calibrationImages, randomState }) {
      const { train, test, validationRows } = await read.dataset(dataset);
      return run<QuantizeSummary>({
        step: 'quantize',
        label: `${fitted.name}-int8`,
        params: { calibrationImages, validationRows, threads: threadsOf(fitted.config) },
        randomState,
        inputs: {
          model: [fitted.model],
          images: train.images.map(({ ref }) => ref),
          labels: [train.labels],
          testImages: test.images.map(({ ref }) => ref),
        },
      });
    },
  };
}
