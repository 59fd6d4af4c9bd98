import { ChildWorkflowCancellationType, executeChild, ParentClosePolicy, patched } from '@temporalio/workflow';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { Candidate } from '../candidate.js';
import { exportCandidate } from '../export-candidate.js';
import { fanOut } from '../fan-out.js';
import { keepKeys } from '../keep-keys.js';
import { records, trainCpu } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Candidates at once; each is a child workflow. */
const WINDOW = 8;

const NOT_MADE = 'This run did not make it: of a search\'s plans only its front becomes variants, and the ensemble that comes first is reported as `ensemble`.';

/**
 * Writes the chosen candidates in all formats and has each file checked against its model; one that disagrees fails the run. A name that the
 * settings allow and the run did not make is recorded as refused. Gives the keys of these steps, as KeyLists: none where the section is off, or not known.
 */
export async function exportStage({ runId, config, status }: RunScope, { dataset, features }: RunData, candidates: readonly Candidate[]): Promise<ArtifactRef[]> {
  const settings = config.export;
  if (!settings?.enabled) return [];
  const { models, formats, calibrationImages, licence } = settings;
  const chosen = candidates.filter(({ role, handle: { name } }) => (models === 'all' ? role !== 'seed' : models.includes(name)));
  const unmade = models === 'all' ? [] : models.filter((name) => !chosen.some(({ handle }) => handle.name === name));
  const refused = unmade.length > 0 && patched('refuses-unmade-exports') ? unmade.flatMap((model) => formats.map((format) => ({ model, format }))) : []; // a run that began before has no such calls
  return status.stage('export', chosen.length * formats.length + refused.length, async () => {
    const steps = await fanOut(chosen, WINDOW, async ({ handle }) => {
      const made = await executeChild(exportCandidate, {
        workflowId: `${runId}-export-${handle.name}`,
        staticSummary: `${handle.name} of ${runId} in ${formats.length} formats`,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        args: [{ candidate: handle, formats, dataset, ...(features && { features }), calibrationImages, licence }],
      });
      return made.map((step) => status.count('export', step));
    });
    const refusals = await fanOut(refused, WINDOW, async (as) =>
      status.count('export', await trainCpu.refuseExport.executeWithOptions({ summary: `${as.model} as ${as.format}` }, [{ ...as, reason: NOT_MADE }])));
    return keepKeys(records, [...steps.flat(), ...refusals].map(({ key }) => key));
  });
}
