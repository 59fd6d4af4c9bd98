import { ChildWorkflowCancellationType, executeChild, isCancellation, ParentClosePolicy } from '@temporalio/workflow';
import { modelFits } from '../../shared/model-fits.js';
import type { ModelFit } from '../../shared/model-fits.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import type { RunData, RunScope } from '../run-scope.js';
import { trainModel } from '../train-model.js';
import { withDocument } from '../with-document.js';

/** Trains every model at once, each seed of each in a child workflow; a model that fails fails the run with its error. */
export async function trainStage(run: RunScope, data: RunData): Promise<Candidate[]> {
  const fits = modelFits(run.config.train.models);
  const all = fits.length;
  return run.status.stage('train', 2 * all, () => fanOut(fits, all, (fit) => trainOne(run, data, fit)));
}

async function trainOne({ runId, config, status }: RunScope, data: RunData, { name, model, seedOf }: ModelFit): Promise<Candidate> {
  try {
    const { candidate, steps, note } = await executeChild(trainModel, {
      workflowId: `${runId}-train-${name}`,
      staticSummary: `${name} (${model.kind}) of ${runId}`,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      args: [
        {
          name,
          dataset: model.rows === 'expanded' && data.augmented ? data.augmented : data.dataset,
          // A model of the pixels is not to be fitted anew because a feature changed.
          ...(typeof model.input !== 'string' && data.features && { features: data.features }),
          model: withDocument(model, config),
          randomState: config.randomState,
          ...(seedOf && { seedOf }),
          progressTo: runId,
        },
      ],
    });
    for (const step of steps) status.count('train', step);
    status.model(name, { state: 'done', fraction: 1, note, metrics: { validationAccuracy: candidate.validationAccuracy } });
    return candidate;
  } catch (error) {
    status.model(name, { state: isCancellation(error) ? 'cancelled' : 'failed' });
    throw error;
  }
}
