import assert from 'node:assert/strict';
import { quantizeKernel } from '../../../../ml/compression/quantize-kernel.js';
import { lowerNetwork } from '../../../../ml/export/network/lower-network.js';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import type { OnnxStorage } from '../../../../ml/export/onnx/network-writer.js';
import { writeNetwork } from '../../../../ml/export/onnx/write-network.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { assertSameAnswers } from '../network/compiled-answers.js';
import { randomImages } from '../network/random-network.js';
import { smallNetwork } from '../network/small-network.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { TWO_LAYERS, twoLayersWith } from '../tflite/two-layers.js';
import { answersOf, operatorsOf, optimisedOperatorsOf } from './run-model.js';

const DESCRIPTION = { name: 'network', doc: '', metadata: {} };
const SMALLEST = 64; // numbers of a constant that is compressed

/** Nearest whole number, ties to even. */
function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** The nearest number of 11 significant bits. */
function half(value: number): number {
  const step = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
  return value === 0 ? 0 : nearestEven(value / step) * step;
}

/** The graph with its constants as they can be stored. */
function rounded(graph: NetworkGraph, storage: OnnxStorage): NetworkGraph {
  const outputs = new Map(graph.operators.flatMap((operator) => {
    if (!('kernel' in operator)) return [];
    const { shape } = graph.values[operator.kernel] ?? assert.fail();
    return [[operator.kernel, shape.at(operator.type === 'depthwiseConv2d' ? 2 : -1) ?? 0] as const];
  }));
  const values = graph.values.map((value, id) => {
    const { data } = value;
    if (!data || data.length < SMALLEST) return value;
    if (storage === 'float16') return { ...value, data: data.map(half) };
    const count = outputs.get(id);
    if (count === undefined) return value;
    const { stored, scales } = quantizeKernel(data, count, 8);
    return { ...value, data: data.map((_, i) => (stored[i] ?? NaN) * (scales[i % count] ?? NaN)) };
  });
  return { ...graph, values };
}

describe('A network as a model of ONNX with constants of fewer bits', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  for (const name of Object.keys(SMALL_NETWORKS)) for (const storage of ['float16', 'int8'] as const) {
    it(`answers as the network with its constants rounded to ${storage}, at the speed of float32: ${name}`, async () => {
      const network = await smallNetwork(name);
      const images = randomImages(network, 3, 2);
      const graph = lowerNetwork(network.topology, network.weights);
      const [plain, small] = [writeNetwork(graph, DESCRIPTION), writeNetwork(graph, DESCRIPTION, storage)];
      assertSameAnswers(await answersOf(small, images), await answersOf(writeNetwork(rounded(graph, storage), DESCRIPTION), images), 2e-6);
      assert.notDeepEqual(await answersOf(small, images), await answersOf(plain, images), 'nothing was rounded');
      assert.ok(operatorsOf(small).includes('Cast'));
      assert.deepEqual(await optimisedOperatorsOf(small, folder()), await optimisedOperatorsOf(plain, folder()), 'constants are widened once');
    });
  }

  it('is smaller by what its constants take', async () => {
    const { topology, weights } = await smallNetwork('dense-network');
    const graph = lowerNetwork(topology, weights);
    const [float32, float16, int8] = (['float32', 'float16', 'int8'] as const).map((storage) => writeNetwork(graph, DESCRIPTION, storage).length) as [number, number, number];
    const numbers = graph.values.filter(({ data }) => data && data.length >= SMALLEST).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    assert.ok(float32 - float16 > 2 * numbers - 1000 && float32 - float16 < 2 * numbers, `${float32} bytes, ${float16} in float16, of ${numbers} numbers`);
    assert.ok(float32 - int8 > 3 * numbers - 2000 && float32 - int8 < 3 * numbers, `${float32} bytes, ${int8} in int8, of ${numbers} numbers`);
  });

  it('refuses numbers that half precision cannot hold, by the name of the constant', () => {
    const large = twoLayersWith({ value: [2, { name: 'hidden/kernel', shape: [4, 20], data: new Float32Array(80).fill(70_000) }] });
    assert.throws(() => writeNetwork(large, DESCRIPTION, 'float16'), (error) => error instanceof InvalidModelError && /'hidden\/kernel' holds 70000; expected numbers below 65520/.test(error.message));
    assert.doesNotThrow(() => writeNetwork(TWO_LAYERS, DESCRIPTION, 'float16'));
  });
});
