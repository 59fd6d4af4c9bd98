import type * as tfTypes from '@tensorflow/tfjs-node';

type Layer = tfTypes.layers.Layer;

/** Layers that hand on a map without making one. */
const HANDS_ON: ReadonlySet<string> = new Set(['MaxPooling2D', 'AveragePooling2D', 'Dropout', 'SpatialDropout2D', 'InputLayer']);

/**
 * The layer that makes the last map [batch, height, width, channels] of a network, before pools, flattening and dense layers: where what is
 * seen is richest and its place is still known. Undefined for a network without such a layer.
 */
export function lastMapLayer(model: tfTypes.LayersModel): Layer | undefined {
  return model.layers.findLast((layer) => isMap(layer.outputShape) && !HANDS_ON.has(layer.getClassName()));
}

function isMap(shape: Layer['outputShape']): boolean {
  const [, height, width, ...rest] = shape as number[];
  return shape.length === 4 && rest.length === 1 && height > 1 && width > 1;
}
