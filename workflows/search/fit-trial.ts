import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ChildWorkflowCancellationType, ChildWorkflowFailure, executeChild, isCancellation, ParentClosePolicy, sleep, TerminatedFailure, TimeoutFailure } from '@temporalio/workflow';
import type { TrialResult } from '../../shared/contracts/searches.js';
import type { SearchData, SearchInput, TrialFit } from '../../shared/search.js';
import { trialModel } from '../../shared/trial-model.js';
import { trial as trialWorkflow } from '../trial.js';
import { withDocument } from '../with-document.js';
import type { Rung } from './rungs.js';
import type { Job } from './search-plan.js';

/** Failures that are not the trial's: of the store, of the installation, of Digitloom. They end the search. */
const NOT_THE_TRIALS: ReadonlySet<string> = new Set(['NotFoundError', 'CorruptArtifactError', 'NativeLibraryError', 'InternalError']);
const LONGEST_MESSAGE = 400;

/**
 * Fits one trial at one rung in a child workflow. A fit that fails for what the trial is (it diverges, its values contradict one another, a
 * class is missing in its rows) is an answer as well.
 * @throws the failures that are not the trial's, and a cancellation of the search.
 */
export async function fitTrial(input: SearchInput, data: SearchData, rung: Rung, job: Job, cancelled: () => boolean): Promise<TrialFit> {
  const { resource } = rung;
  const { trial, rung: at, why, params } = job;
  const fit = { job: job.job, trial, rung: at, why, params, ...(resource !== undefined && { resource }) };
  try {
    const { validationLogLoss, validationAccuracy, key, seconds, cached, note } = await inChild(input, data, rung, job);
    return { ...fit, validationLogLoss, validationAccuracy, key, seconds, cached, ...(note && { note }) };
  } catch (error) {
    if (cancelled() || !(error instanceof ChildWorkflowFailure)) throw error;
    const { type, message } = innermost(error);
    if (NOT_THE_TRIALS.has(type)) throw error;
    return { ...fit, error: { type, message: message.slice(0, LONGEST_MESSAGE) } };
  }
}

async function inChild({ searchId, space, config }: SearchInput, { dataset, features, fitRows }: SearchData, { resource }: Rung, { trial, rung, params }: Job): Promise<TrialResult> {
  const model = withDocument(trialModel(space, config, params, resource), config);
  // At the top rung a fit is the one that a run makes: it has the same key.
  const fewer = space.resource?.of === 'rows' && resource !== undefined && resource < fitRows;
  const label = `trial ${trial}${space.resource ? `, ${space.resource.of} ${resource}` : ''}`;
  for (;;) {
    try {
      return await executeChild(trialWorkflow, {
        workflowId: `${searchId}-trial-${trial}-rung-${rung}`,
        staticSummary: `${label} of ${searchId}`,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        args: [{
          label, name: space.model, dataset, model, randomState: config.randomState,
          ...(typeof model.input !== 'string' && features && { features }),
          ...(fewer && { fitRows: resource }),
        }],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      // A trial of an execution that was terminated is still being cancelled.
      await sleep('1s');
    }
  }
}

/** The class and the words of the error at the root of a chain. */
function innermost(error: Error): { readonly type: string; readonly message: string } {
  let found: Error = error;
  while (found.cause instanceof Error) found = found.cause;
  if (found instanceof ApplicationFailure) return { type: found.type ?? 'Error', message: found.message };
  if (found instanceof TimeoutFailure) return { type: 'TimeoutFailure', message: `A fit was given up after its time limit (${found.timeoutType}).` };
  if (found instanceof TerminatedFailure) return { type: 'TerminatedFailure', message: 'The trial was terminated by hand.' };
  return isCancellation(found) ? { type: 'CancelledFailure', message: 'The trial was cancelled by hand.' } : { type: found.name, message: found.message };
}
