import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { CombineSummary, StepActivities } from '../shared/contracts/steps.js';
import type { GroupDeps } from './activity-deps.js';
import { outputIn } from './output-in.js';
import { artifactOf, readCandidates } from './read-candidates.js';

/** Ensembles and their diversity: they see training labels only. */
export function createEnsembleActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'combine' | 'diversity'> {
  return {
    async combine({ method, options, bases, outOfFold, dataset, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entries = await readCandidates(read, bases);
      const folded = outOfFold && (await Promise.all(outOfFold.map(manifestOf)));
      return run<CombineSummary>({
        step: `combine-${method}`,
        label: folded ? `${method} on out-of-fold rows` : method,
        params: { names: namesOf(entries), options, validationRows, threads: 1 },
        randomState,
        inputs: {
          validationProba: entries.map((entry) => artifactOf(entry, 'validationProba')),
          testProba: entries.map((entry) => artifactOf(entry, 'testProba')),
          ...(folded && { outOfFold: folded.map((manifest) => outputIn(manifest, 'outOfFold')) }),
          labels: [train.labels],
        },
      });
    },

    async diversity({ method, options, bases, dataset, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      const entries = await readCandidates(read, bases);
      return run({
        step: 'diversity',
        label: 'diversity',
        params: { names: namesOf(entries), method, options, validationRows, threads: 1 },
        randomState,
        inputs: { validationProba: entries.map((entry) => artifactOf(entry, 'validationProba')), labels: [train.labels] },
      });
    },
  };
}

function namesOf(entries: readonly CandidateEntry[]): string[] {
  return entries.map(({ name }) => name);
}
