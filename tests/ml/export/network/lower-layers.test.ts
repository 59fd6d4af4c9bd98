import assert from 'node:assert/strict';
import { evaluateNetwork } from '../../../../ml/export/network/evaluate-network.js';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import { LOWERINGS } from '../../../../ml/export/network/lowerings/registry.js';
import { EMITTERS } from '../../../../ml/graph/emitters/registry.js';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidDataError, InvalidModelError } from '../../../../shared/errors.js';
import { apply, layerCases, layerNetwork } from '../../graph/layer-cases.js';
import type { Middle } from '../../graph/layer-cases.js';
import { assertSameAnswers, compiledAnswers } from './compiled-answers.js';
import { randomImages, randomNetwork } from './random-network.js';
import type { ExportedNetwork } from './random-network.js';

async function around(middle: Middle): Promise<ExportedNetwork> {
  const { tf } = await loadTensorFlow();
  const model = layerNetwork(tf, registerLayers(tf), middle);
  const network = randomNetwork(model, 7);
  model.dispose();
  return network;
}

describe('An exported layer gives the numbers that TensorFlow gives', function () {
  this.timeout(60_000);

  for (const [covers, what, middle] of layerCases()) {
    it(`${covers}, ${what}`, async () => {
      const network = await around(middle);
      const images = randomImages(network, 2, 3);
      const graph = lowerNetwork(network.topology, network.weights);
      assertSameAnswers(images.map((image) => evaluateNetwork(graph, image)), await compiledAnswers(network, images), 1e-5);
    });
  }

  it('for every layer that is compiled', () => {
    assert.deepEqual([...EMITTERS.keys()].filter((name) => !LOWERINGS.has(name)), ['InputLayer']);
  });

  for (const [setting, middle] of [
    ['dilation_rate', (x, l) => apply(l.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2 }), x)],
    ['data_format', (x, l) => apply(l.maxPooling2d({ poolSize: 2, dataFormat: 'channelsFirst' }), x)],
    ['max_value', (x, l) => apply(l.reLU({ maxValue: 3 }), x)],
    ['activation', (x, l) => apply(l.activation({ activation: 'mish' }), x)],
  ] as const satisfies readonly (readonly [string, Middle])[]) {
    it(`or is refused by name: ${setting}`, async () => {
      const { topology, weights } = await around(middle);
      assert.throws(() => lowerNetwork(topology, weights), (error) => error instanceof InvalidModelError && error.message.includes(`: ${setting} `));
    });
  }

  it('or an image of another size is refused', async () => {
    const { topology, weights } = await around((x, l) => apply(l.flatten(), x));
    assert.throws(() => evaluateNetwork(lowerNetwork(topology, weights), new Float32Array(63)), InvalidDataError);
  });
});
