import type * as tfTypes from '@tensorflow/tfjs-node';
import { InvalidModelError } from '../../shared/errors.js';

type Layer = tfTypes.layers.Layer;

/** The layers from the image to this one, both included; where branches meet, by the first. */
export function layerPath(layer: Layer): Layer[] {
  const before = layer.inboundNodes[0]?.inboundLayers[0];
  return before ? [...layerPath(before), layer] : [layer];
}

/** Whether the layer gives maps [batch, height, width, channels] of more than one place. */
export function givesMaps(layer: Layer): boolean {
  const [, height, width] = layer.outputShape as number[];
  return layer.outputShape.length === 4 && height > 1 && width > 1;
}

/**
 * The layer whose map the tokens [batch, tokens, width] of a layer are the places of, row by row; undefined where they are no places.
 */
export function mapOfTokens(layer: Layer): Layer | undefined {
  const [, tokens] = layer.outputShape as number[];
  if (layer.outputShape.length !== 3) return undefined;
  const map = layerPath(layer).findLast(givesMaps);
  const [, height, width] = (map?.outputShape ?? []) as number[];
  return map && height * width === tokens ? map : undefined;
}

/** The side of a layer's square map, or of the map whose places its tokens are. @throws InvalidModelError when it has none, or it is not square. */
export function mapSide(layer: Layer): number {
  const map = givesMaps(layer) ? layer : mapOfTokens(layer);
  const [, height, width] = (map?.outputShape ?? []) as (number | undefined)[];
  if (height !== undefined && height === width) return height;
  throw new InvalidModelError(`The layer ${layer.name} gives [${layer.outputShape.join(', ')}]: expected square maps, or tokens that are the places of one.`);
}
