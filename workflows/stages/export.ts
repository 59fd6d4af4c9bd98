import { ChildWorkflowCancellationType, executeChild, ParentClosePolicy } from '@temporalio/workflow';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { Candidate } from '../candidate.js';
import { exportCandidate } from '../export-candidate.js';
import { fanOut } from '../fan-out.js';
import { keepKeys } from '../keep-keys.js';
import { records } from '../proxies.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Candidates at once; each is a child workflow. */
const WINDOW = 8;

/**
 * Writes the chosen candidates in all formats and has each file checked against its model; one that disagrees fails the run. Gives the keys of
 * these steps, as KeyLists: none where the section is off, or not known.
 */
export async function exportStage({ runId, config, status }: RunScope, { dataset, features }: RunData, candidates: readonly Candidate[]): Promise<ArtifactRef[]> {
  const settings = config.export;
  if (!settings?.enabled) return [];
  const { models, formats, calibrationImages, licence } = settings;
  const chosen = candidates.filter(({ role, handle: { name } }) => (models === 'all' ? role !== 'seed' : models.includes(name)));
  return status.stage('export', chosen.length * formats.length, async () => {
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
    return keepKeys(records, steps.flat().map(({ key }) => key));
  });
}
