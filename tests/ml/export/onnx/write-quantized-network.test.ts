import assert from 'node:assert/strict';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { observeRanges } from '../../../../ml/export/network/observe-ranges.js';
import { writeNetwork } from '../../../../ml/export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../../../../ml/export/onnx/write-quantized-network.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { randomImages } from '../network/random-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { answersOf, operatorsOf, optimisedOperatorsOf } from './run-model.js';
import { smallNetwork } from '../network/small-network.js';

const DESCRIPTION = { name: 'network', doc: '', metadata: {} };

async function quantized(name: string): Promise<{ float: Uint8Array; whole: Uint8Array; images: Float32Array[] }> {
  const network = await smallNetwork(name);
  const images = randomImages(network, 8, 2);
  const graph = lowerNetwork(network.topology, network.weights);
  return { float: writeNetwork(graph, DESCRIPTION), whole: writeQuantizedNetwork(graph, observeRanges(graph, images), DESCRIPTION), images };
}

/** Root of the mean squared difference between probabilities. */
function distance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const squares = a.flatMap((row, image) => Array.from(row, (value, i) => (value - (b[image]?.[i] ?? Number.NaN)) ** 2));
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** How far int8 is off, in parts of how far the answers on different images are apart. */
async function offBy({ float, whole, images }: Awaited<ReturnType<typeof quantized>>): Promise<number> {
  const expected = await answersOf(float, images);
  return distance(await answersOf(whole, images), expected) / distance([...expected.slice(1), ...expected.slice(0, 1)], expected);
}

describe('A network as a model of ONNX in int8', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`gives nearly what float32 gives: ${name}`, async () => {
      const off = await offBy(await quantized(name));
      assert.ok(off > 0 && off < 0.25, `off by ${off}`);
    });
  }

  for (const name of ['cnn', 'dense-network', 'residual-cnn', 'mobilenet-v2', 'tiny-cnn with swish']) {
    it(`is integers but for the probabilities when ONNX Runtime runs it: ${name}`, async () => {
      const types = await optimisedOperatorsOf((await quantized(name)).whole, folder());
      assert.deepEqual(types.filter((type) => !/^(Q|Reshape|Transpose|NhwcMaxPool|MaxPool)/.test(type)), ['Softmax']);
      assert.equal(types.filter((type) => type === 'QuantizeLinear').length, 1);
    });
  }

  it('keeps the logits in float32', async () => {
    const types = operatorsOf((await quantized('cnn')).whole);
    assert.deepEqual(types.slice(-2), ['Gemm', 'Softmax']);
  });

  it('is not much more than a quarter of the size where kernels are most of it', () => {
    const kernel = Float32Array.from({ length: 6400 }, (_, i) => Math.sin(i));
    const graph: NetworkGraph = {
      values: [{ name: 'images', shape: [8, 8, 10] }, { name: 'flat', shape: [640] }, { name: 'kernel', shape: [640, 10], data: kernel }, { name: 'logits', shape: [10] }, { name: 'digits', shape: [10] }],
      operators: [
        { type: 'reshape', input: 0, output: 1, layer: 'flat' }, { type: 'dense', input: 1, kernel: 2, activation: 'linear', output: 3, layer: 'digits' },
        { type: 'softmax', input: 3, output: 4, layer: 'digits' },
      ],
      input: 0, output: 4,
    };
    const whole = writeQuantizedNetwork(graph, observeRanges(graph, [new Float32Array(640).fill(0.5)]), DESCRIPTION);
    assert.ok(whole.length < 0.3 * writeNetwork(graph, DESCRIPTION).length, `${whole.length} bytes`);
  });

  it('is the same bytes whenever it is written', async () => assert.deepEqual((await quantized('se-cnn')).whole, (await quantized('se-cnn')).whole));
});
