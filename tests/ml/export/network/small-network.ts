import assert from 'node:assert/strict';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { randomNetwork } from './random-network.js';
import type { ExportedNetwork } from './random-network.js';
import { SMALL_NETWORKS } from './small-networks.js';

/** A network of SMALL_NETWORKS, by its name, with seeded weights. */
export async function smallNetwork(name: string): Promise<ExportedNetwork> {
  const { tf } = await loadTensorFlow();
  const model = SMALL_NETWORKS[name]?.(tf);
  assert.ok(model, name);
  const network = randomNetwork(model, 5);
  model.dispose();
  return network;
}
