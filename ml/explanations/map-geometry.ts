import type * as tfTypes from '@tensorflow/tfjs-node';
import { givesMaps, layerPath } from './layer-path.js';

type Layer = tfTypes.layers.Layer;

/** Where the units of a map look, along one side of the image: unit i at pixel `start + i * step` (0 is the first pixel's middle). */
export interface MapGeometry {
  readonly start: number;
  readonly step: number;
}

/**
 * The middles of the receptive fields of a layer's map, or of the map whose places its tokens are, by the kernels, strides and paddings on the way from
 * the image (of branches, the first). Maps are square. A layer that resizes its map in another way is taken to stretch it.
 */
export function mapGeometry(layer: Layer): MapGeometry {
  return layerPath(layer).slice(1).filter((each) => givesMaps(each) && each.getClassName() !== 'Reshape').reduce<MapGeometry>(({ start, step }, each) => {
    const { shift, stride } = windowOf(each);
    return { start: start + shift * step, step: step * stride };
  }, { start: 0, step: 1 });
}

/** How far the first window's middle lies from the input's first unit, and how far apart two windows are; in units of the layer's input. */
function windowOf(layer: Layer): { readonly shift: number; readonly stride: number } {
  const config = layer.getConfig();
  const inputs = layer.input;
  const from = (Array.isArray(inputs) ? inputs[0] : inputs)?.shape[1] as number;
  const to = (layer.outputShape as number[])[1] as number;
  if (layer.getClassName() === 'ZeroPadding2D') return { shift: -((config['padding'] as number[][])[0]?.[0] ?? 0), stride: 1 };
  // Other layers may have a kernel within them, which moves nothing; those that look through a window say how they pad.
  const window = typeof config['padding'] === 'string' ? first(config['kernelSize'] ?? config['poolSize']) : undefined;
  if (window === undefined) return { shift: (from / to - 1) / 2, stride: from / to };
  const stride = first(config['strides']) ?? 1;
  const reach = (window - 1) * (first(config['dilationRate']) ?? 1);
  const padding = config['padding'] === 'same' ? Math.floor(Math.max(0, (to - 1) * stride + reach + 1 - from) / 2) : 0;
  return { shift: reach / 2 - padding, stride };
}

function first(value: unknown): number | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'number' ? one : undefined;
}
