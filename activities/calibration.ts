import type { CalibrateSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { artifactOf } from './read-candidates.js';

/** Calibration of candidates: it sees validation labels only. */
export function createCalibrationActivities({ read, run }: GroupDeps): Pick<StepActivities, 'calibrate'> {
  return {
    async calibrate({ candidate, dataset, methods, risks, alphas, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entry = await read.candidate(candidate);
      return run<CalibrateSummary>({
        step: 'calibrate',
        label: `calibration/${entry.name}`,
        params: { name: entry.name, methods: [...methods], risks: [...risks], alphas: [...alphas], validationRows },
        randomState,
        inputs: { proba: [artifactOf(entry, 'validationProba')], labels: [train.labels] },
      });
    },
  };
}
