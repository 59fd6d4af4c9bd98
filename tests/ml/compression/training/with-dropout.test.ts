import assert from 'node:assert/strict';
import { withDropout } from '../../../../ml/compression/training/with-dropout.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import { compressible } from './compressible.js';
import type { Compressible } from './compressible.js';

const layers = (bytes: Uint8Array): { readonly className: string; readonly config: unknown }[] =>
  readTopology(readLayersModel(bytes).topology).layers.map(({ className, config }) => ({ className, config }));

describe('the dropout of a network that is compressed', function () {
  this.timeout(120_000);
  let network: Compressible;
  before(async () => {
    network = await compressible();
  });

  it('drops as many inputs out as the plan says', async () => {
    const rateOf = (bytes: Uint8Array): unknown => (layers(bytes).find(({ className }) => className === 'Dropout')?.config as { readonly rate: number }).rate;
    assert.equal(rateOf(network.trained), 0);
    const [without, often] = [await network.compress({ quantize: { weights: 8 }, epochs: 1 }), await network.compress({ quantize: { weights: 8 }, epochs: 1, dropout: 0.5 })];
    assert.deepEqual([rateOf(without.bytes), rateOf(often.bytes)], [0, 0.5]);
    const losses = [without, often].map(({ details }) => JSON.stringify((details['quantize'] as { readonly curves: unknown }).curves));
    assert.notEqual(losses[0], losses[1]);
  });

  it('changes nothing else, and nothing without a rate', () => {
    const saved = readLayersModel(network.trained);
    assert.equal(withDropout(saved, undefined), saved);
    const changed = withDropout(saved, 0.25);
    assert.equal(changed.weights, saved.weights);
    const [before, after] = [saved, changed].map(({ topology }) => readTopology(topology).layers);
    assert.deepEqual(after, before?.map((layer) => (layer.className === 'Dropout' ? { ...layer, config: { ...layer.config, rate: 0.25 } } : layer)));
    assert.equal(readTopology(withDropout(changed, 0).topology).layers.find(({ className }) => className === 'Dropout')?.config['rate'], 0);
  });
});
