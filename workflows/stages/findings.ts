import type { ArtifactRef } from '../../shared/artifact.js';
import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';
import { analyse } from './analyse.js';
import type { Opinion } from './analyse.js';
import { indexSection } from './index-section.js';

const SHOWN = 30;

/** After the evaluation: which labels of the test images the trained models doubt, those of the folds included. It feeds nothing back. */
export async function auditLabels(run: RunScope, data: RunData, candidates: readonly Candidate[], opinions: readonly Opinion[]): Promise<void> {
  const models = candidates.filter(({ role }) => role === 'model').map(({ handle }) => handle);
  await analyse(run, data, {
    step: 'audit-labels',
    label: 'label-audit',
    params: { names: [...models, ...opinions].map(({ name }) => name), shown: SHOWN },
    candidates: { testProba: models },
    given: { testProba: opinions.map(({ testProba }) => testProba) },
  });
}

/** The manifest of all that was found of the data; undefined when nothing was looked for. */
export async function indexFindings({ config, status }: RunScope): Promise<ArtifactRef | undefined> {
  const steps = status.findings();
  const names = Object.keys(steps);
  if (names.length === 0) return undefined;
  const index = await records.indexAnalysis.executeWithOptions({ summary: names.join(', ').slice(0, 190) }, [{ steps }]);
  return outputOf(status.count(indexSection(config), index), 'analysis');
}
