import assert from 'node:assert/strict';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import { writeNetwork } from '../../../../ml/export/onnx/write-network.js';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { layerCases, layerNetwork } from '../../graph/layer-cases.js';
import { assertSameAnswers, compiledAnswers } from '../network/compiled-answers.js';
import { randomImages, randomNetwork } from '../network/random-network.js';
import type { ExportedNetwork } from '../network/random-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { answersOf, operatorsOf, optimisedOperatorsOf } from './run-model.js';
import { smallNetwork } from '../network/small-network.js';

const DESCRIPTION = { name: 'network', doc: '', metadata: {} };

const written = ({ topology, weights }: ExportedNetwork): Uint8Array => writeNetwork(lowerNetwork(topology, weights), DESCRIPTION);

describe('A network as a model of ONNX', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`gives in ONNX Runtime what TensorFlow gives: ${name}`, async () => {
      const network = await smallNetwork(name);
      const images = randomImages(network, 3, 2);
      assertSameAnswers(await answersOf(written(network), images), await compiledAnswers(network, images), 1e-5);
    });
  }

  for (const [covers, what, middle] of layerCases()) {
    it(`gives in ONNX Runtime what TensorFlow gives: ${covers}, ${what}`, async () => {
      const { tf } = await loadTensorFlow();
      const model = layerNetwork(tf, registerLayers(tf), middle);
      const network = randomNetwork(model, 7);
      model.dispose();
      const images = randomImages(network, 2, 3);
      assertSameAnswers(await answersOf(written(network), images), await compiledAnswers(network, images), 1e-5);
    });
  }

  it('is the same bytes whenever it is written', async () => {
    const network = await smallNetwork('vision-transformer');
    assert.deepEqual(written(network), written(network));
  });

  // 1 to tokens; queries, keys, values and what was heard by each block; from tokens back to maps.
  for (const [name, transposes] of Object.entries({
    'cnn': 0, 'residual-cnn': 0, 'mobilenet-v2': 0, 'se-cnn': 0, 'cbam-cnn': 0, 'tiny-cnn 8k': 0, 'tiny-cnn 1k': 0, 'vision-transformer': 1 + 2 * 4, 'self-attention-cnn': 1 + 4 + 1,
  })) {
    it(`moves no more than it must: ${transposes} times in ${name}`, async () => {
      assert.equal(operatorsOf(written(await smallNetwork(name))).filter((type) => type === 'Transpose').length, transposes);
    });
  }

  for (const name of ['cnn', 'residual-cnn', 'mobilenet-v2', 'tiny-cnn 8k']) {
    it(`is fused by ONNX Runtime, activations and sums with the products before them: ${name}`, async () => {
      const left = await optimisedOperatorsOf(written(await smallNetwork(name)), folder());
      assert.deepEqual(left.filter((type) => ['Relu', 'Clip', 'LeakyRelu', 'Add', 'Sum'].includes(type)), []);
    });
  }

  it('is refused where a constant has more axes than what it is added to', () => {
    const values = [{ name: 'images', shape: [1, 1, 2] }, { name: 'flat', shape: [2] }, { name: 'table', shape: [2, 2], data: new Float32Array(4) }, { name: 'sum', shape: [2, 2] }];
    const operators = [{ type: 'reshape', input: 0, output: 1, layer: 'a' }, { type: 'add', a: 1, b: 2, output: 3, layer: 'b' }] as const;
    assert.throws(() => writeNetwork({ values, operators, input: 0, output: 3 }, DESCRIPTION), (error) => error instanceof InvalidModelError && /constant in layer b \(add\) has more axes .* at most 1/.test(error.message));
  });
});
