import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import type { AttentionTrunkOptions } from '../../../ml/networks/attention-trunk.js';
import type { NetworkDefinition } from '../../../ml/networks/network-definition.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { buildNetwork } from './network.contract.js';

/** The network without attention must be the same but for the layers whose names match. */
export function testAttentionTwin<Options extends AttentionTrunkOptions>(network: NetworkDefinition<Options>, attention: RegExp): void {
  it('has a twin that lacks the attention and begins with the same weights', async () => {
    const { tf } = await loadTensorFlow();
    const [whole, twin] = [true, false].map((with_) => buildNetwork(tf, network, { ...network.defaults, attention: with_ })) as [tfTypes.LayersModel, tfTypes.LayersModel];
    const layers = whole.layers.map(({ name }) => name);
    assert.deepEqual(twin.layers.map(({ name }) => name), layers.filter((name) => !attention.test(name)));
    assert.ok(layers.some((name) => attention.test(name)));
    const weights = (model: tfTypes.LayersModel): [string, number[]][] =>
      model.weights.map((weight): [string, number[]] => [weight.originalName, [...weight.read().dataSync()]]).filter(([name]) => !attention.test(name));
    assert.deepEqual(weights(twin), weights(whole));
    whole.dispose();
    twin.dispose();
  });
}
