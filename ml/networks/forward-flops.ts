import type * as tfTypes from '@tensorflow/tfjs-node';
import { shapeSize } from '../shape-size.js';

/**
 * Floating-point operations of one image's way through a network: two for each product in convolutions, dense layers and
 * attention; normalisations, activations and pools, a few per cent, are left out.
 */
export function forwardFlops(model: tfTypes.LayersModel): number {
  return model.layers.reduce((sum, layer) => sum + 2 * products(layer), 0);
}

function products(layer: tfTypes.layers.Layer): number {
  const sides = (shape: unknown): number[] => (shape as (number | null)[]).slice(1).map((side) => side ?? 1);
  const kernels = layer.trainableWeights.filter(({ shape }) => shape.length > 1).map(({ originalName, shape }) => ({ name: originalName.split('/').at(-1), size: shapeSize(shape.map(Number)) }));
  const all = kernels.reduce((sum, kernel) => sum + kernel.size, 0);
  const output = sides(layer.outputShape);
  switch (layer.getClassName()) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'SeparableConv2D':
    case 'Dense':
      return all * shapeSize(output.slice(0, -1)); // each number of a kernel is used once for every place
    case 'SqueezeExcite':
      return all;
    case 'ConvBlockAttention': {
      const spatial = kernels.filter(({ name }) => name === 'spatial_kernel').reduce((sum, kernel) => sum + kernel.size, 0);
      return 2 * (all - spatial) + spatial * output[0] * output[1];
    }
    case 'MultiHeadSelfAttention': {
      const { heads, keyDim } = layer.getConfig() as { heads: number; keyDim: number };
      return output[0] * (all + 2 * output[0] * heads * keyDim);
    }
    default:
      return 0;
  }
}
