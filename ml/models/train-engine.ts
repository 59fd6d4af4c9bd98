import type { JsonObject } from '../../shared/json.js';
import type { LabelledMatrix } from '../matrix.js';
import { batchesMadeAhead } from '../training/batches-made-ahead.js';
import { createTrainer, stepsOf } from '../training/create-trainer.js';
import { inlineBatches } from '../training/inline-batches.js';
import { averagingOf, batchesOf } from '../training/recipe.js';
import type { Recipe } from '../training/recipe.js';
import { trainInSegments } from '../training/train-in-segments.js';
import { trainingCurves } from '../training/training-curves.js';
import type { TrainingEngine } from '../training/training-engine.js';
import type { TrainingRows } from '../training/training-rows.js';
import type { BestEpoch, TrainingState } from '../training/training-state.js';
import { CLASSES } from './model.js';
import type { FitContext } from './model.js';

export interface NetworkSets {
  readonly train: TrainingRows;
  /** For early stopping and the choice of the epoch. */
  readonly validation: LabelledMatrix;
}

/** The weights to keep, and the fit's details. */
export interface TrainedWeights {
  readonly best: BestEpoch;
  readonly details: JsonObject;
}

/**
 * Trains what an engine holds by a recipe, segment by segment, and disposes of the engine.
 * @param side of the images.
 * @param chooseFrom the epochs before this one (1-based) are not kept, however good.
 */
export async function trainEngine(engine: TrainingEngine, { train, validation }: NetworkSets, side: number, recipe: Recipe, context: FitContext, chooseFrom = 0): Promise<TrainedWeights> {
  // The other thread has no soft targets.
  const openBatches = context.makeAhead && typeof recipe.augment !== 'string' && !train.soft ? batchesMadeAhead(context.makeAhead) : inlineBatches;
  const trainer = createTrainer(engine, train, validation, {
    seed: context.seed, epochs: recipe.epochs, batchSize: recipe.batchSize, patience: recipe.patience, chooseFrom,
    schedule: { kind: recipe.schedule, peak: recipe.learningRate, warmUp: recipe.warmUp },
    averaging: averagingOf(recipe),
    batches: batchesOf(recipe, side, CLASSES),
  }, openBatches);
  try {
    const { segmentSteps, segmentEpochs, epochs } = recipe;
    const segment = segmentSteps > 0 ? segmentSteps : Math.max(1, Math.round((segmentEpochs * trainer.totalSteps) / epochs));
    const state = trainer.result(await trainInSegments(trainer, segment, context));
    return { best: state.best, details: detailsOf(state, { ...recipe, batchSize: stepsOf(recipe, train.x.rows).batchSize }) };
  } finally {
    await trainer.close();
    engine.dispose();
  }
}

function detailsOf({ history, best, step, stopped }: TrainingState, { epochs: asked, batchSize, testTimeAugmentation }: Recipe): JsonObject {
  const epochs = history.trainingLoss.length;
  return {
    epochs, batchSize,
    bestEpoch: best.epoch,
    stoppedEarly: stopped && epochs < asked,
    trainingImages: step * batchSize,
    ...(testTimeAugmentation > 1 && { testTimeAugmentation }),
    curves: trainingCurves(history),
  };
}
