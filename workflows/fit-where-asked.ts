import { TimeoutType } from '@temporalio/common';
import { ActivityFailure, getExternalWorkflowHandle, TimeoutFailure, workflowInfo } from '@temporalio/workflow';
import type { FitModelInput } from '../shared/contracts/steps.js';
import { MODEL_PROGRESS_SIGNAL } from '../shared/run.js';
import { GPU_WAIT, trainCpu, trainGpu } from './proxies.js';
import type { Fit } from './trained-model.js';

/**
 * Fits a model on the queue of its device. One that asks for a GPU which no worker offers in time is fitted on the CPU, and the note
 * says so; the workflow `progressTo` hears of it when it is the parent of this one.
 */
export async function fitWhereAsked(input: FitModelInput): Promise<{ fit: Fit; note: string }> {
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
export async function tell({ name, progressTo }: FitModelInput, note: string): Promise<void> {
  if (workflowInfo().parent?.workflowId !== progressTo) return;
  await getExternalWorkflowHandle(progressTo).signal(MODEL_PROGRESS_SIGNAL, { name, fraction: 0, note, metrics: {} });
}
