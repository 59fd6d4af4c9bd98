import { workflowInfo } from '@temporalio/workflow';
import type { FitModelInput } from '../shared/contracts/steps.js';
import type { CountedStep } from '../shared/step.js';
import { countedStep } from './counted-step.js';
import { fanOut } from './fan-out.js';
import { fitWhereAsked } from './fit-where-asked.js';
import { partsProgress } from './parts-progress.js';

/** What the workflow `fitSeeds` is told. */
export interface FitSeedsInput extends Omit<FitModelInput, 'seedOf' | 'progressTo'> {
  /** How the run calls it. */
  readonly shownAs: string;
  readonly seeds: number;
}

/** What the workflow `fitSeeds` returns: some 110 bytes a fit. */
export interface FittedSeeds {
  /** In the order of the seeds. */
  readonly steps: readonly CountedStep[];
}

/**
 * Fits a model with several seeds, and nothing more: no test image is looked at. The seeds are those from the second on, which are the same
 * for all models, so that what is compared differs in its settings alone. A child workflow of its own, so that the run's history grows by
 * one child a model.
 */
export async function fitSeeds({ shownAs, seeds, ...input }: FitSeedsInput): Promise<FittedSeeds> {
  const { workflowId } = workflowInfo();
  const parts = Array.from({ length: seeds }, (_, i) => `${input.name}, seed ${i + 1}`);
  const progress = partsProgress(shownAs, parts, 'seeds');
  const results = await fanOut(parts, seeds, async (part, i) => {
    const { fit } = await fitWhereAsked({ ...input, name: part, seedOf: { model: input.name, number: i + 2 }, progressTo: workflowId });
    await progress.done(part);
    return fit;
  });
  return { steps: results.map(countedStep) };
}
