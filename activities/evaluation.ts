import type { EvaluateSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { calibrationsOf } from './calibrations-of.js';
import { artifactOf, readCandidates } from './read-candidates.js';

/** The one place where test labels are read. */
export function createEvaluationActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'evaluate'> {
  return {
    async evaluate({ dataset, candidates, calibrated, randomState, reference }) {
      const { test } = await read.dataset(dataset);
      const entries = await readCandidates(read, candidates);
      const variants = entries.flatMap(({ name, of }) => (of ? [[of.name, name]] : []));
      const calibration = await calibrationsOf({ read, manifestOf }, calibrated, entries.length);
      return run<EvaluateSummary>({
        step: 'evaluate',
        label: 'evaluate',
        params: { names: entries.map(({ name }) => name), variants, ...(reference !== undefined && { reference }) },
        ...(calibration.length > 0 && { randomState }),
        inputs: { proba: entries.map((entry) => artifactOf(entry, 'testProba')), labels: [test.labels], ...(calibration.length > 0 && { calibration }) },
      });
    },
  };
}
