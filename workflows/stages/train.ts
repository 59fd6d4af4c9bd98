import { ChildWorkflowCancellationType, executeChild, isCancellation, ParentClosePolicy } from '@temporalio/workflow';
import type { ModelConfig } from '../../shared/config.js';
import type { Candidate } from '../candidate.js';
import { fanOut } from '../fan-out.js';
import { outputOf } from '../output-of.js';
import type { RunData, RunScope } from '../run-scope.js';
import { trainModel } from '../train-model.js';
import type { TrainedModel } from '../trained-model.js';
import { withDocument } from '../with-document.js';

/** Trains every model at once, each in a child workflow; a model that fails fails the run with its error. */
export async function trainStage(run: RunScope, data: RunData): Promise<Candidate[]> {
  const models = Object.entries(run.config.train.models);
  const all = models.length;
  return run.status.stage('train', 2 * all, () => fanOut(models, all, ([name, model]) => trainOne(run, data, name, model)));
}

async function trainOne({ runId, config, status }: RunScope, data: RunData, name: string, model: ModelConfig): Promise<Candidate> {
  status.model(name, { state: 'running' });
  try {
    const trained = await executeChild(trainModel, {
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
          progressTo: runId,
        },
      ],
    });
    status.count('train', trained.fit);
    status.count('train', trained.test);
    status.model(name, {
      state: 'done',
      fraction: 1,
      note: trained.note,
      metrics: { validationAccuracy: trained.fit.summary.validationAccuracy },
    });
    return candidateOf(trained);
  } catch (error) {
    status.model(name, { state: isCancellation(error) ? 'cancelled' : 'failed' });
    throw error;
  }
}

function candidateOf({ fitted, fit, test, note }: TrainedModel): Candidate {
  const testProba = outputOf(test, 'testProba');
  return {
    name: fitted.name,
    kind: fitted.config.kind,
    testProba,
    artifacts: { model: fitted.model, testProba },
    bytes: fitted.model.bytes,
    parameters: fit.summary.parameters,
    trainingSeconds: fit.computedSeconds,
    cached: fit.cached && test.cached,
    timing: { kind: 'model', fitted: [fitted] },
    fit: { key: fit.key, ...(note && { note }), ...(fit.resumedFrom !== undefined && { resumedFrom: fit.resumedFrom }) },
  };
}
