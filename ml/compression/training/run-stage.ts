import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { InvalidConfigError, InvalidModelError } from '../../../shared/errors.js';
import type { JsonObject } from '../../../shared/json.js';
import type { Teacher } from '../../graph/distillation-loss.js';
import { createGraphEngine } from '../../graph/graph-engine.js';
import { flatten, layOutNamed, numbersByName } from '../../graph/named-layout.js';
import { readTopology } from '../../graph/topology.js';
import { trainedNames, transformedLayout } from '../../graph/transforms/network-transforms.js';
import type { NetworkTransforms } from '../../graph/transforms/network-transforms.js';
import type { FitContext } from '../../models/model.js';
import type { SavedNetwork } from '../../models/read-layers-model.js';
import { trainEngine } from '../../models/train-engine.js';
import type { NetworkSets } from '../../models/train-engine.js';
import { stepsOf } from '../../training/create-trainer.js';
import { optimiserOf } from '../../training/recipe.js';
import type { Recipe } from '../../training/recipe.js';
import type { TrainingEngine } from '../../training/training-engine.js';
import type { CompressedKernel, CompressedOutput, CompressedWeights } from '../compressed-weights.js';
import type { CompressionStage, PreparedStage, StageNetwork } from './compression-stage.js';
import { seenKernel } from './seen-kernel.js';

/** How all stages train. */
export interface StageRecipe {
  readonly recipe: Recipe;
  readonly teacher?: Teacher | undefined;
}

/** A network at the end of a stage, and what its weights stand for. */
export interface StageResult {
  readonly saved: SavedNetwork;
  readonly compressed: CompressedWeights;
  readonly details: JsonObject;
}

/** Trains a network through one stage. */
export async function runStage(stage: CompressionStage, before: SavedNetwork, sets: NetworkSets, { recipe, teacher }: StageRecipe, context: FitContext): Promise<StageResult> {
  const saved = stage.narrow?.(before) ?? before;
  const network: StageNetwork = { saved, topology: readTopology(saved.topology), layout: layOutNamed(saved.weights) };
  const prepared = await stage.prepare(network, sets.train, context);
  const engine = stageEngine(network, prepared, sets, { recipe, teacher }, context);
  const trained = transformedLayout(network.layout, prepared.transforms);
  const side = network.topology.inputShape[0];
  const { best, details } = await trainEngine(prepared.decorate?.(engine, { layout: trained, totalSteps: stepsOf(recipe, sets.train.x.rows).totalSteps }) ?? engine, sets, side, recipe, context, prepared.chooseFrom);
  const numbers = numbersByName(trained, best);
  const kernels: CompressedKernel[] = [];
  const weights = saved.weights.map((weight) => {
    const transform = prepared.transforms.weights.get(weight.name);
    if (!transform) return { ...weight, data: numbers.get(weight.name) ?? weight.data };
    const { values, kernel } = seenKernel({ ...weight, offset: 0, length: weight.data.length }, transform, numbers);
    kernels.push(kernel);
    return { ...weight, data: values };
  });
  return {
    saved: { ...saved, weights },
    compressed: { kernels, outputs: outputsOf(prepared.transforms, numbers) },
    details: { ...details, validationAccuracy: best.accuracy, engine: engine.runtime },
  };
}

/** @throws InvalidConfigError for a network with a layer that is not compiled. */
function stageEngine({ saved: { weights }, topology, layout }: StageNetwork, { transforms, start }: PreparedStage, { train }: NetworkSets, { recipe, teacher }: StageRecipe, { native }: FitContext): TrainingEngine {
  const { clipNorm, averaging, precision: computeType, threads: intraOpThreads } = recipe;
  const byName = new Map<string, ArrayLike<number>>([...weights.map(({ name, data }) => [name, data] as const), ...start]);
  try {
    return createGraphEngine(loadTensorFlowLibrary(native.tensorflow), {
      topology, layout,
      weights: flatten(transformedLayout(layout, transforms), (name) => byName.get(name)),
      options: { batchSize: stepsOf(recipe, train.x.rows).batchSize, optimiser: optimiserOf(recipe), clipNorm, averaging: averaging !== 'none', computeType, transforms, ...(teacher && { teacher }) },
      session: { intraOpThreads },
    });
  } catch (error) {
    if (!(error instanceof InvalidModelError)) throw error;
    throw new InvalidConfigError(`compression: only a network that is trained as a graph can be compressed by training. ${error.message}`, { cause: error });
  }
}

function outputsOf({ activations }: NetworkTransforms, numbers: ReadonlyMap<string, Float32Array>): CompressedOutput[] {
  return [...activations].map(([layer, { low, high }]) => ({
    layer, bits: Math.log2(high - low + 1), zeroPoint: 0 - low,
    scale: Math.fround(Math.exp(numbers.get(trainedNames.activationStep(layer))?.[0] ?? NaN)),
  }));
}
