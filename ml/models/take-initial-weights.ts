import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { JsonObject } from '../../shared/json.js';
import { assignWeights, namedWeights, readWeights } from '../graph/weight-layout.js';
import type { WeightLayout } from '../graph/weight-layout.js';
import { readSavedWeights } from '../networks/read-saved-weights.js';
import { transferWeights } from '../networks/transfer-weights.js';

/** Layers that are named one by one in a fit's details. */
const NAMED = 20;

/**
 * Lets an untrained network begin with a saved model's weights, layer by layer as names and shapes agree. Only that: the classifier of
 * another ten classes would be taken over as well.
 * @returns what became of the layers, for the fit's details.
 * @throws as `readSavedWeights`; InvalidModelError when no layer agrees.
 */
export function takeInitialWeights(tf: TensorFlow, network: tfTypes.LayersModel, layout: WeightLayout, bytes: Uint8Array): JsonObject {
  const own = readWeights(network, layout);
  const target = namedWeights(layout, own);
  const { weights, taken, left, unused } = transferWeights(target, readSavedWeights(tf, bytes));
  weights.forEach(({ data }, at) => target[at].data.set(data));
  assignWeights(tf, network, layout, own);
  return { taken: taken.length, left: left.slice(0, NAMED).map(({ layer, reason }) => `${layer}: ${reason}`), unused: unused.slice(0, NAMED) };
}
