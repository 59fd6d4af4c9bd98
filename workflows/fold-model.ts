import { workflowInfo } from '@temporalio/workflow';
import type { FitFoldInput } from '../shared/contracts/analysis.js';
import type { CountedStep } from '../shared/step.js';
import { countedStep } from './counted-step.js';
import { fanOut } from './fan-out.js';
import { partsProgress } from './parts-progress.js';
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

/**
 * Predicts every training row by a model that did not see it: one fit a fold, and their predictions joined. A child workflow of its own,
 * so that the run's history grows by one child a model; its details in Temporal's UI show every fold.
 */
export async function foldModel({ shownAs, ...input }: FoldModelInput): Promise<FoldedModel> {
  const { workflowId } = workflowInfo();
  const { name, dataset, folds } = input;
  const parts = Array.from({ length: folds }, (_, fold) => `fold ${fold + 1}`); // as the activity signals them
  const progress = partsProgress(shownAs, parts, 'folds');
  const results = await fanOut(parts, folds, async (part, fold) => {
    const result = await trainCpu.fitFold.executeWithOptions({ summary: `${name} without ${part}/${folds}` }, [{ ...input, fold, progressTo: workflowId }]);
    await progress.done(part);
    return result;
  });
  const joined = await cpu.joinFolds.executeWithOptions({ summary: `${name}: folds joined` }, [{ name, dataset, folds: results.map(({ key }) => key) }]);
  return { joined: joined.key, steps: [...results, joined].map(countedStep) };
}
