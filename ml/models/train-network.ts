import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlowLibrary } from '../../native/tensorflow/library.js';
import type { LoadedTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { createGraphEngine } from '../graph/graph-engine.js';
import { readTopology } from '../graph/topology.js';
import { readWeights } from '../graph/weight-layout.js';
import type { WeightLayout } from '../graph/weight-layout.js';
import type { LabelledMatrix } from '../matrix.js';
import { batchesMadeAhead } from '../training/batches-made-ahead.js';
import { createTrainer, stepsOf } from '../training/create-trainer.js';
import { createEagerEngine } from '../training/eager-engine.js';
import type { EagerEngineOptions } from '../training/eager-engine.js';
import { inlineBatches } from '../training/inline-batches.js';
import { averagingOf, batchesOf, optimiserOf } from '../training/recipe.js';
import type { Recipe } from '../training/recipe.js';
import { trainInSegments } from '../training/train-in-segments.js';
import type { TrainingEngine } from '../training/training-engine.js';
import { trainingCurves } from '../training/training-curves.js';
import type { BestEpoch, TrainingState } from '../training/training-state.js';
import { CLASSES } from './model.js';
import type { FitContext } from './model.js';

/** A network about to be trained. */
export interface UntrainedNetwork {
  readonly library: LoadedTensorFlow;
  readonly network: tfTypes.LayersModel;
  readonly layout: WeightLayout;
  readonly side: number;
}

export interface NetworkSets {
  readonly train: LabelledMatrix;
  /** For early stopping and the choice of the epoch. */
  readonly validation: LabelledMatrix;
}

/** Trains a network by a recipe; gives the weights to keep and the fit's details. */
export async function trainNetwork(untrained: UntrainedNetwork, { train, validation }: NetworkSets, recipe: Recipe, context: FitContext): Promise<{ readonly best: BestEpoch; readonly details: JsonObject }> {
  const { engine, told: engineFacts } = engineFor(untrained, train, recipe, context);
  const openBatches = context.makeAhead && typeof recipe.augment !== 'string' ? batchesMadeAhead(context.makeAhead) : inlineBatches;
  const trainer = createTrainer(engine, train, validation, {
    seed: context.seed, epochs: recipe.epochs, batchSize: recipe.batchSize, patience: recipe.patience,
    schedule: { kind: recipe.schedule, peak: recipe.learningRate, warmUp: recipe.warmUp },
    averaging: averagingOf(recipe),
    batches: batchesOf(recipe, untrained.side, CLASSES),
  }, openBatches);
  try {
    const { segmentSteps, segmentEpochs, epochs } = recipe;
    const segment = segmentSteps > 0 ? segmentSteps : Math.max(1, Math.round((segmentEpochs * trainer.totalSteps) / epochs));
    const state = trainer.result(await trainInSegments(trainer, segment, context));
    return { best: state.best, details: { ...detailsOf(state, { ...recipe, batchSize: stepsOf(recipe, train.x.rows).batchSize }), ...engineFacts } };
  } finally {
    await trainer.close();
    engine.dispose();
  }
}

/** The graph engine, or the eager one where it is asked for or something is not compiled; `told` says which and why. */
function engineFor(untrained: UntrainedNetwork, train: LabelledMatrix, recipe: Recipe, context: FitContext): { readonly engine: TrainingEngine; readonly told: JsonObject } {
  if (recipe.engine === 'eager') return told(eagerEngine(untrained, recipe));
  try {
    return told(graphEngine(untrained, train, recipe, context));
  } catch (error) {
    if (!(error instanceof InvalidModelError)) throw error;
    return told(eagerEngine(untrained, recipe), { notCompiled: error.message });
  }
}

function told(engine: TrainingEngine, more: JsonObject = {}): { readonly engine: TrainingEngine; readonly told: JsonObject } {
  return { engine, told: { engine: engine.runtime, ...more } };
}

function graphEngine({ network, layout }: UntrainedNetwork, train: LabelledMatrix, recipe: Recipe, { native }: FitContext): TrainingEngine {
  const { precision, threads } = recipe;
  return createGraphEngine(loadTensorFlowLibrary(native.tensorflow), {
    topology: readTopology(network.toJSON(null, false)), layout,
    weights: readWeights(network, layout),
    options: { ...engineOptions(recipe), batchSize: stepsOf(recipe, train.x.rows).batchSize, computeType: precision },
    session: { intraOpThreads: threads },
  });
}

function eagerEngine({ library, network, layout }: UntrainedNetwork, recipe: Recipe): TrainingEngine {
  return createEagerEngine(library, network, readTopology(network.toJSON(null, false)), layout, engineOptions(recipe));
}

/** What both engines are told. */
function engineOptions(recipe: Recipe): EagerEngineOptions {
  const { clipNorm, averaging } = recipe;
  return { optimiser: optimiserOf(recipe), clipNorm, averaging: averaging !== 'none' };
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
