import type { StackSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { artifactOf, readCandidates } from './read-candidates.js';

/** Stacking: the meta-learner sees validation labels only. */
export function createEnsembleActivities({ read, run }: GroupDeps): Pick<StepActivities, 'stack'> {
  return {
    async stack({ bases, dataset, C, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entries = await readCandidates(read, bases);
      return run<StackSummary>({
        step: 'stack',
        label: 'ensemble',
        params: { names: entries.map(({ name }) => name), C, validationRows },
        randomState,
        inputs: {
          validation: entries.map((entry) => artifactOf(entry, 'validationProba')),
          test: entries.map((entry) => artifactOf(entry, 'testProba')),
          labels: [train.labels],
        },
      });
    },
  };
}
