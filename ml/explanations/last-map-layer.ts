import type * as tfTypes from '@tensorflow/tfjs-node';
import { givesMaps, mapOfTokens } from './layer-path.js';

type Layer = tfTypes.layers.Layer;

/** Layers that hand on a map without making one. */
const HANDS_ON: ReadonlySet<string> = new Set(['MaxPooling2D', 'AveragePooling2D', 'Dropout', 'SpatialDropout2D', 'InputLayer']);

/**
 * The layer that gives the last map of a network, before pools, flattening and dense layers: where what is seen is richest and its place is still
 * known. It is [batch, height, width, channels], or the tokens [batch, tokens, width] that a map's places have become. Undefined for a network
 * without such a layer.
 */
export function lastMapLayer(model: tfTypes.LayersModel): Layer | undefined {
  return model.layers.findLast((layer) => (givesMaps(layer) || mapOfTokens(layer) !== undefined) && !HANDS_ON.has(layer.getClassName()));
}
