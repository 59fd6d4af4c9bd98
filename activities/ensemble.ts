import type { StackSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';

/** Stacking: the meta-learner sees validation labels only. */
export function createEnsembleActivities({ read, run }: GroupDeps): Pick<StepActivities, 'stack'> {
  return {
    async stack({ base, dataset, C, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      return run<StackSummary>({
        step: 'stack',
        label: 'ensemble',
        params: { names: base.map(({ name }) => name), C, validationRows },
        randomState,
        inputs: {
          validation: base.map(({ validationProba }) => validationProba),
          test: base.map(({ testProba }) => testProba),
          labels: [train.labels],
        },
      });
    },
  };
}
