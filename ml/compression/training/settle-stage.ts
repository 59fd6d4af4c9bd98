import { weightGrid } from '../../graph/transforms/code-grid.js';
import type { WeightBits } from '../../graph/transforms/code-grid.js';
import { channelShape, trainedNames } from '../../graph/transforms/network-transforms.js';
import type { WeightTransform } from '../../graph/transforms/network-transforms.js';
import { shapeSize } from '../../shape-size.js';
import { quantizeKernel } from '../quantize-kernel.js';
import type { CompressionPlan, QuantizePlan, SettlePlan } from './compression-plan.js';
import { kernelPlaces, layerOf, numbersOf } from './compression-stage.js';
import type { CompressionStage } from './compression-stage.js';
import { foldNormalisation } from './fold-normalisation.js';
import { activationGrids } from './quantize-stage.js';

/**
 * Trains the scales and biases of a quantised network whose codes stay, with normalisation folded: while codes are trained some flip from
 * step to step until the end (Nagel et al. 2022, "Overcoming Oscillations in Quantization-Aware Training"), and the moving averages lag behind.
 */
export function settleStage({ epochs, learningRate }: SettlePlan, quantize: QuantizePlan, plan: CompressionPlan): CompressionStage {
  return {
    name: 'settle',
    epochs: epochs ?? plan.epochs,
    learningRate,
    narrow: (saved) => foldNormalisation(saved).saved,
    async prepare(network, train, context) {
      const weights = new Map<string, WeightTransform>();
      const start = new Map<string, ArrayLike<number>>();
      for (const place of kernelPlaces(network.layout)) {
        const bits = quantize.layers?.[layerOf(place.name)] ?? quantize.weights;
        const { stored, scales } = quantizeKernel(numbersOf(network, place.name), shapeSize(channelShape(place)), widthOf(bits));
        weights.set(place.name, { fixed: stored, grid: { codes: weightGrid(bits), step: 'learnt' } });
        start.set(trainedNames.steps(place.name), scales.map(Math.log));
      }
      return { transforms: { weights, activations: await activationGrids(quantize, network, train.x, context, start) }, start };
    },
  };
}

/** Bits of a signed number that hold a grid's codes. */
function widthOf(bits: WeightBits): number {
  return 1 + Math.ceil(Math.log2(1 + weightGrid(bits).high));
}
