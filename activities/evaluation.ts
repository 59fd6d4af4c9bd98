import type { EvaluateSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';

/** The one place where test labels are read. */
export function createEvaluationActivities({ read, run }: GroupDeps): Pick<StepActivities, 'evaluate'> {
  return {
    async evaluate({ dataset, models, reference }) {
      const { test } = await read.dataset(dataset);
      return run<EvaluateSummary>({
        step: 'evaluate',
        label: 'evaluate',
        params: { names: models.map(({ name }) => name), variants: models.flatMap(({ name, of }) => (of === undefined ? [] : [[of, name]])), ...(reference !== undefined && { reference }) },
        inputs: { proba: models.map(({ testProba }) => testProba), labels: [test.labels] },
      });
    },
  };
}
