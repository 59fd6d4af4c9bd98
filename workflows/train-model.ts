import { TimeoutType } from '@temporalio/common';
import { ActivityFailure, getExternalWorkflowHandle, TimeoutFailure, workflowInfo } from '@temporalio/workflow';
import type { FitModelInput, FittedModel } from '../shared/contracts/steps.js';
import { MODEL_PROGRESS_SIGNAL } from '../shared/run.js';
import { GPU_WAIT, trainCpu, trainGpu } from './proxies.js';
import { outputOf } from './output-of.js';
import { recordCandidate } from './record-candidate.js';
import type { Fit, TrainedModel } from './trained-model.js';

/**
 * Fits one model, predicts the test images with it, and records it as a candidate. A child workflow of its own, so that a model has its own history,
 * can be found by its name, and is cancelled with its run.
 */
export async function trainModel(input: FitModelInput): Promise<TrainedModel> {
  // The run hears of it once the fit is in its queue: what can wait is queued behind it.
  const [{ fit, note }] = await Promise.all([fitWhereAsked(input), tell(input, '')]);
  const fitted: FittedModel = {
    name: input.name,
    config: input.model,
    model: outputOf(fit, 'model'),
    validationProba: outputOf(fit, 'validationProba'),
  };
  const test = await trainCpu.predictTest.executeWithOptions({ summary: `${input.name}: test images` }, [
    { fitted, dataset: input.dataset, ...(input.features && { features: input.features }) },
  ]);
  const artifacts = { model: fitted.model, validationProba: fitted.validationProba, testProba: outputOf(test, 'testProba') };
  const { parameters, validationAccuracy } = fit.summary;
  const candidate = await recordCandidate(
    { name: input.name, modelKind: input.model.kind, config: input.model, artifacts, parameters, fit: fit.key, ...(note && { note }) },
    { role: 'model', validationAccuracy, cached: fit.cached && test.cached },
  );
  const steps = [fit, test].map(({ key, cached, computedSeconds }) => ({ key, cached, computedSeconds }));
  return { candidate, steps, note };
}

async function fitWhereAsked(input: FitModelInput): Promise<{ fit: Fit; note: string }> {
  const summary = `${input.name}: fit ${input.model.kind}`;
  if (input.model.device === 'gpu') {
    try {
      return { fit: await trainGpu.fitModel.executeWithOptions({ summary: `${summary} on the GPU` }, [input]), note: '' };
    } catch (error) {
      if (!foundNoWorker(error)) throw error;
    }
    const note = `no GPU worker within ${GPU_WAIT}, trained on the CPU`;
    await tell(input, note);
    return { fit: await trainCpu.fitModel.executeWithOptions({ summary: `${summary} (no GPU worker)` }, [input]), note };
  }
  return { fit: await trainCpu.fitModel.executeWithOptions({ summary }, [input]), note: '' };
}

function foundNoWorker(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof TimeoutFailure && error.cause.timeoutType === TimeoutType.SCHEDULE_TO_START;
}

/** The run of which this is a part hears of it; a training that was started by itself has nobody to tell. */
async function tell({ name, progressTo }: FitModelInput, note: string): Promise<void> {
  if (workflowInfo().parent?.workflowId !== progressTo) return;
  await getExternalWorkflowHandle(progressTo).signal(MODEL_PROGRESS_SIGNAL, { name, fraction: 0, note, metrics: {} });
}
