import { ApplicationFailure, ChildWorkflowCancellationType, executeChild, isCancellation, ParentClosePolicy } from '@temporalio/workflow';
import type { ArtifactRef } from '../../shared/artifact.js';
import type { ModelConfig } from '../../shared/config.js';
import { fanOut } from '../fan-out.js';
import { foldModel } from '../fold-model.js';
import { labelErrorModel } from '../label-error-model.js';
import type { RunData, RunScope } from '../run-scope.js';
import { withDocument } from '../with-document.js';
import { ensembleSteps } from './ensemble-steps.js';

/** One model's predictions of all training rows, by models that did not see them. */
export interface Folded {
  readonly name: string;
  /** Key of the step that joined the folds. */
  readonly joined: string;
  readonly cached: boolean;
}

/** Models whose folds are under way at once, each with all of its folds: enough to keep a fleet busy, few enough for a history. */
const WINDOW = 8;

/** Fits every model that takes part in out-of-fold ensembles once a fold, behind the trainings in their queue. */
export async function foldStage(run: RunScope, data: RunData, features: ArtifactRef | undefined): Promise<Folded[]> {
  const { config: { ensemble: { outOfFold }, train }, status } = run;
  await status.trainingsQueued();
  return status.stage('ensemble', ensembleSteps(run.config), () =>
    fanOut(outOfFold.models, WINDOW, (name) => {
      const model = train.models[name];
      if (!model) throw ApplicationFailure.nonRetryable(`ensemble.outOfFold.models: got "${name}", expected a name in train.models.`, 'InvalidConfigError');
      return foldOne(run, data, name, withDocument(model, run.config), features);
    }));
}

async function foldOne({ runId, config, status }: RunScope, { dataset }: RunData, name: string, model: ModelConfig, features: ArtifactRef | undefined): Promise<Folded> {
  const { folds } = config.ensemble.outOfFold;
  const shownAs = `${name}, ${folds} folds`;
  status.model(shownAs, { state: 'running' });
  try {
    const { joined, steps } = await executeChild(foldModel, {
      workflowId: `${runId}-fold-${name}`,
      staticSummary: `${name} in ${folds} folds, of ${runId}`,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      args: [{
        name, shownAs, dataset, ...(typeof model.input !== 'string' && features && { features }), model, folds, randomState: config.randomState,
        testRows: foldsServeLabelErrors(config, name),
      }],
    });
    for (const step of steps) status.count('ensemble', step);
    status.model(shownAs, { state: 'done', fraction: 1, note: '' });
    return { name, joined, cached: steps.every(({ cached }) => cached) };
  } catch (error) {
    status.model(shownAs, { state: isCancellation(error) ? 'cancelled' : 'failed' });
    throw error;
  }
}

/** Whether the label errors ask for the very same folds, which then predict the test rows for their audit as well. */
export function foldsServeLabelErrors(config: RunScope['config'], name: string): boolean {
  const { analyse: { enabled, labelErrors }, ensemble } = config;
  const { methods, models, folds } = ensemble.outOfFold;
  const folded = ensemble.enabled && methods.length > 0 && models.includes(name);
  if (!enabled || !folded || labelErrors.folds !== folds || labelErrors.model !== name) return false;
  return JSON.stringify(labelErrorModel(config)) === JSON.stringify(withDocument(config.train.models[name] as ModelConfig, config));
}
