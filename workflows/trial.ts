import { ApplicationFailure, defineQuery, defineSignal, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { TrialInput, TrialResult } from '../shared/contracts/searches.js';
import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import type { Json } from '../shared/json.js';
import { metricWords } from '../shared/metric-words.js';
import { MODEL_PROGRESS_SIGNAL, PROGRESS_QUERY } from '../shared/run.js';
import { fitWhereAsked } from './fit-where-asked.js';

const modelSignal = defineSignal<[ModelProgressSignal]>(MODEL_PROGRESS_SIGNAL);
const progressQuery = defineQuery<ModelProgressSignal>(PROGRESS_QUERY);

/**
 * One trial of a search at one rung: a fit on the training rows and its figures on the validation rows. No test row is predicted. The signals
 * of the training end here, so that the search's history holds decisions and nothing else.
 */
export async function trial({ label, ...input }: TrialInput): Promise<TrialResult> {
  let progress: ModelProgressSignal = { name: label, fraction: 0, note: '', metrics: {} };
  setHandler(progressQuery, () => progress);
  setHandler(modelSignal, (update) => {
    progress = { ...update, name: label };
    setCurrentDetails([`${label}: ${Math.round(update.fraction * 100)} %`, update.note, ...metricWords(update.metrics)].filter(Boolean).join(', '));
  });
  const { fit, note } = await fitWhereAsked({ ...input, progressTo: workflowInfo().workflowId });
  const { summary, key, computedSeconds: seconds, cached } = fit;
  return {
    validationLogLoss: finite('validationLogLoss', summary['validationLogLoss']),
    validationAccuracy: finite('validationAccuracy', summary['validationAccuracy']),
    key, seconds, cached, note,
  };
}

/** JSON has no NaN: a figure that is none arrives as null. */
function finite(name: string, value: Json | undefined): number {
  if (typeof value === 'number') return value;
  throw ApplicationFailure.nonRetryable(`The fit ended with ${name} ${String(value)}, expected a finite number.`, 'DivergedError');
}
