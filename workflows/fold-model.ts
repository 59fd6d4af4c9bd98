import { defineSignal, getExternalWorkflowHandle, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { FitFoldInput } from '../shared/contracts/analysis.js';
import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import { MODEL_PROGRESS_SIGNAL } from '../shared/run.js';
import type { CountedStep, StepResult } from '../shared/step.js';
import { fanOut } from './fan-out.js';
import { cpu, trainCpu } from './proxies.js';

/** What the workflow `foldModel` is told. */
export interface FoldModelInput extends Omit<FitFoldInput, 'fold' | 'progressTo'> {
  /** How the run calls it. */
  readonly shownAs: string;
}

/** What the workflow `foldModel` returns: 67 bytes a key. */
export interface FoldedModel {
  /** Key of the step that joined the folds. */
  readonly joined: string;
  /** Its steps, for the run's stage and its record. */
  readonly steps: readonly CountedStep[];
}

const foldSignal = defineSignal<[ModelProgressSignal]>(MODEL_PROGRESS_SIGNAL);

/**
 * Predicts every training row by a model that did not see it: one fit a fold, and their predictions joined. A child workflow of its own,
 * so that the run's history grows by one child a model; its details in Temporal's UI show every fold.
 */
export async function foldModel({ shownAs, ...input }: FoldModelInput): Promise<FoldedModel> {
  const { workflowId, parent } = workflowInfo();
  const folds = Array.from({ length: input.folds }, (_, fold) => fold);
  const progress = folds.map(() => ({ fraction: 0, note: 'waiting' }));
  const show = (): void => setCurrentDetails(progress.map(({ fraction, note }, fold) => `- fold ${fold + 1}/${folds.length}: ${Math.round(100 * fraction)} %${note && `, ${note}`}`).join('\n'));
  setHandler(foldSignal, ({ name, fraction, note }) => {
    const fold = Number(name.replace('fold ', '')) - 1;
    if (!progress[fold] || progress[fold].note === 'done') return;
    progress[fold] = { fraction, note };
    show();
  });
  show();
  const tell = async (done: number): Promise<void> => {
    if (!parent) return;
    const signal: ModelProgressSignal = { name: shownAs, fraction: done / folds.length, note: `${done}/${folds.length} folds`, metrics: {} };
    await getExternalWorkflowHandle(parent.workflowId).signal(MODEL_PROGRESS_SIGNAL, signal);
  };
  let done = 0;
  const results = await fanOut(folds, folds.length, async (fold) => {
    const result = await trainCpu.fitFold.executeWithOptions({ summary: `${input.name} without fold ${fold + 1}/${folds.length}` }, [{ ...input, fold, progressTo: workflowId }]);
    progress[fold] = { fraction: 1, note: 'done' };
    show();
    await tell(++done);
    return result;
  });
  const joined = await cpu.joinFolds.executeWithOptions({ summary: `${input.name}: folds joined` }, [{ name: input.name, dataset: input.dataset, folds: results.map(({ key }) => key) }]);
  return { joined: joined.key, steps: [...results, joined].map(counted) };
}

function counted({ key, cached, computedSeconds }: StepResult): CountedStep {
  return { key, cached, computedSeconds };
}
