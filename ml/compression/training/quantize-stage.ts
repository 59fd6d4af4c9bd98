import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { activationGrid, weightGrid } from '../../graph/transforms/code-grid.js';
import type { CodeGrid } from '../../graph/transforms/code-grid.js';
import { channelShape, trainedNames } from '../../graph/transforms/network-transforms.js';
import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import { rowsBetween } from '../../matrix.js';
import type { Matrix } from '../../matrix.js';
import type { FitContext } from '../../models/model.js';
import { shapeSize } from '../../shape-size.js';
import type { CompressionPlan, QuantizePlan } from './compression-plan.js';
import { checkLayerNames, kernelPlaces, layerOf } from './compression-stage.js';
import type { CompressionStage, StageNetwork } from './compression-stage.js';
import { heldTransform } from './held-transform.js';
import { initialSteps } from './initial-steps.js';
import { outputPoints } from './output-points.js';
import { outputRanges } from './output-ranges.js';

const CALIBRATION_IMAGES = 512;
const BITS_BETWEEN = 8; // of a product, before an activation that is computed by itself

/** Trains on with weights (and activations) on grids: quantisation-aware training with learnt steps (Jacob et al. 2018, Esser et al. 2020). */
export function quantizeStage(quantize: QuantizePlan, plan: CompressionPlan): CompressionStage {
  return {
    name: 'quantize',
    epochs: quantize.epochs ?? plan.epochs,
    async prepare(network, train, context) {
      const weights = new Map<string, WeightTransform>();
      const start = new Map<string, ArrayLike<number>>();
      checkLayerNames('quantize.layers', Object.keys(quantize.layers ?? {}), network);
      for (const place of kernelPlaces(network.layout)) {
        const bits = quantize.layers?.[layerOf(place.name)] ?? quantize.weights;
        const held = heldTransform(network, place, plan);
        const codes = weightGrid(bits);
        const step = bits === 8 ? 'largest' : 'learnt';
        weights.set(place.name, { ...held.transform, grid: { codes, step } });
        if (held.transform.shared) start.set(trainedNames.centroids(place.name), held.values);
        if (step === 'learnt') start.set(trainedNames.steps(place.name), initialSteps(held.values, held.transform.shared ? 1 : shapeSize(channelShape(place)), codes).map(Math.log));
      }
      const activations = await activationGrids(quantize, network, train.x, context, start);
      return { transforms: { weights, activations }, start };
    },
  };
}

/** Grids of the layers' outputs from calibration images; `start` gets their steps. */
export async function activationGrids({ activations: bits }: QuantizePlan, network: StageNetwork, images: Matrix, { native }: FitContext, start: Map<string, ArrayLike<number>>): Promise<ReadonlyMap<string, CodeGrid>> {
  const grids = new Map<string, CodeGrid>();
  if (bits === undefined) return grids;
  const points = outputPoints(network.topology);
  const ranges = await outputRanges(loadTensorFlowLibrary(native.tensorflow), network, points.map(({ layer }) => layer), rowsBetween(images, 0, Math.min(images.rows, CALIBRATION_IMAGES)));
  for (const { layer, between } of points) {
    const [least, most] = ranges.get(layer) ?? [0, 0];
    const [low, high] = [Math.min(0, least), Math.max(0, most)];
    const width = between ? BITS_BETWEEN : bits;
    const step = Math.max(1e-6, (high - low) / (2 ** width - 1));
    grids.set(layer, activationGrid(width, Math.round(-low / step)));
    start.set(trainedNames.activationStep(layer), [Math.log(step)]);
  }
  return grids;
}
