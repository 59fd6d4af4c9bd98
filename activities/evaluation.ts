import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { EvaluateSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { calibrationsOf } from './calibrations-of.js';
import { artifactOf, readCandidates } from './read-candidates.js';

/** The one place where test labels are read. */
export function createEvaluationActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'evaluate'> {
  return {
    async evaluate({ dataset, candidates, calibrated, randomState, reference, compare = [] }) {
      const { test } = await read.dataset(dataset);
      const entries = await readCandidates(read, candidates);
      const variants = entries.flatMap(({ name, of }) => (of ? [[of.name, name]] : []));
      const seeds = seedGroups(entries);
      const calibration = await calibrationsOf({ read, manifestOf }, calibrated, entries.length);
      return run<EvaluateSummary>({
        step: 'evaluate',
        label: 'evaluate',
        params: {
          names: entries.map(({ name }) => name), variants, ...(reference !== undefined && { reference }), ...(seeds.length > 0 && { seeds }),
          ...(compare.length > 0 && { compare: compare.map((pair) => [...pair]) }),
        },
        ...(calibration.length > 0 && { randomState }),
        inputs: { proba: entries.map((entry) => artifactOf(entry, 'testProba')), labels: [test.labels], ...(calibration.length > 0 && { calibration }) },
      });
    },
  };
}

/** The fits of every model with several seeds, in the order of these. */
function seedGroups(entries: readonly CandidateEntry[]): { model: string; names: string[] }[] {
  const fits = entries.flatMap(({ name, seedOf }) => (seedOf ? [{ name, ...seedOf }] : [])).sort((a, b) => a.number - b.number);
  return [...new Set(fits.map(({ model }) => model))].map((model) => ({ model, names: fits.filter((fit) => fit.model === model).map(({ name }) => name) }));
}
