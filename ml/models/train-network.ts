import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlowLibrary } from '../../native/tensorflow/library.js';
import type { LoadedTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { createGraphEngine } from '../graph/graph-engine.js';
import { readTopology } from '../graph/topology.js';
import { readWeights } from '../graph/weight-layout.js';
import type { WeightLayout } from '../graph/weight-layout.js';
import { stepsOf } from '../training/create-trainer.js';
import { createEagerEngine } from '../training/eager-engine.js';
import type { EagerEngineOptions } from '../training/eager-engine.js';
import { optimiserOf } from '../training/recipe.js';
import type { Recipe } from '../training/recipe.js';
import type { TrainingEngine } from '../training/training-engine.js';
import type { FitContext } from './model.js';
import { trainEngine } from './train-engine.js';
import type { NetworkSets, TrainedWeights } from './train-engine.js';

/** A network about to be trained. */
export interface UntrainedNetwork {
  readonly library: LoadedTensorFlow;
  readonly network: tfTypes.LayersModel;
  readonly layout: WeightLayout;
  readonly side: number;
}

/** Trains a network by a recipe; gives the weights to keep and the fit's details. */
export async function trainNetwork(untrained: UntrainedNetwork, sets: NetworkSets, recipe: Recipe, context: FitContext): Promise<TrainedWeights> {
  const { engine, told: engineFacts } = engineFor(untrained, sets.train, recipe, context);
  const { best, details } = await trainEngine(engine, sets, untrained.side, recipe, context);
  return { best, details: { ...details, ...engineFacts } };
}

/** The graph engine, or the eager one where it is asked for or something is not compiled; `told` says which and why. */
function engineFor(untrained: UntrainedNetwork, train: NetworkSets['train'], recipe: Recipe, context: FitContext): { readonly engine: TrainingEngine; readonly told: JsonObject } {
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

function graphEngine({ network, layout }: UntrainedNetwork, train: NetworkSets['train'], recipe: Recipe, { native }: FitContext): TrainingEngine {
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
