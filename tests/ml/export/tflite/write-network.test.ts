import assert from 'node:assert/strict';
import type { NetworkGraph } from '../../../../ml/export/network/network-graph.js';
import { readTflite } from '../../../../ml/export/tflite/read-tflite.js';
import type { TfliteGraph, TfliteTensor } from '../../../../ml/export/tflite/tflite-graph.js';
import { networkToTflite } from '../../../../ml/export/tflite/write-network.js';
import type { FloatPrecision } from '../../../../ml/export/tflite/write-network.js';
import { writeTflite } from '../../../../ml/export/tflite/write-tflite.js';
import { InvalidModelError } from '../../../../shared/errors.js';
import { SMALL_NETWORKS } from '../network/small-networks.js';
import { loweredNetwork } from './lowered-networks.js';
import { TWO_LAYERS, twoLayersWith } from './two-layers.js';

const FACTS = { description: 'a test', metadata: { labels: '["0","1","2"]', licence: 'MIT' } };
const PRECISIONS: readonly FloatPrecision[] = ['float32', 'float16', 'dynamic', 'dynamic4'];

const written = (precision: FloatPrecision, graph: NetworkGraph = TWO_LAYERS): TfliteGraph => networkToTflite(graph, precision, FACTS);

function tensor({ tensors }: TfliteGraph, name: string): TfliteTensor {
  const found = tensors.find((candidate) => candidate.name === name);
  assert.ok(found, name);
  return found;
}

describe('A network as a .tflite graph', function () {
  this.timeout(60_000);

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`reads back as it was written, in every precision: ${name}`, async () => {
      const { graph } = await loweredNetwork(name, 0);
      for (const precision of PRECISIONS) {
        const file = written(precision, graph);
        assert.deepEqual(readTflite(writeTflite(file)), file, precision);
      }
    });
  }

  it('lets interpreters choose the batch', () => {
    const { tensors, inputs, outputs, operators } = written('float32');
    assert.deepEqual([tensors[inputs[0] ?? -1]?.signature, tensors[outputs[0] ?? -1]?.signature], [[-1, 2, 2, 1], [-1, 3]]);
    assert.deepEqual(operators.flatMap((operator) => (operator.type === 'reshape' ? [operator.newShape] : [])), [[-1, 4]]);
  });

  it('keeps what is known of the training inside the file, and the runtime that it needs', () => {
    const { description, metadata } = readTflite(writeTflite(written('float32')));
    assert.equal(description, 'a test');
    assert.deepEqual(JSON.parse(new TextDecoder().decode(metadata['metadata.json'])), FACTS.metadata);
    assert.match(new TextDecoder().decode(metadata['min_runtime_version']), /^2\.\d+\.\d+\0*$/);
  });

  it('has weights with outputs first, and zeros for a bias that the network lacks', () => {
    const file = written('float32');
    const weights = tensor(file, 'digits/kernel');
    assert.deepEqual([weights.shape, weights.data?.[1], weights.data?.[20]], [[3, 20], 0.25, -0.25]);
    assert.deepEqual(tensor(file, 'digits/kernel/bias').data, new Float32Array(3));
  });

  it('keeps constants of some size in half precision and widens them before use', () => {
    const file = written('float16');
    assert.deepEqual([tensor(file, 'hidden/kernel/half').type, tensor(file, 'hidden/kernel').type, tensor(file, 'hidden/bias').type], ['float16', 'float32', 'float32']);
    assert.equal(tensor(file, 'hidden/kernel').data, undefined);
    assert.deepEqual(file.operators.map(({ type }) => type), ['reshape', 'dequantize', 'fullyConnected', 'fullyConnected', 'softmax']);
  });

  it('keeps kernels of some size as whole numbers, one scale for each output, where the range is dynamic', () => {
    for (const [precision, type, largest] of [['dynamic', 'int8', 127], ['dynamic4', 'int4', 7]] as const) {
      const file = written(precision);
      const { type: given, data, quantization } = tensor(file, 'hidden/kernel');
      assert.deepEqual([given, quantization?.scales.length, quantization?.dimension, quantization?.zeroPoints.every((zero) => zero === 0)], [type, 20, 0, true]);
      assert.equal(Math.max(...Array.from<number>(data ?? []).map(Math.abs)), largest);
      assert.equal(tensor(file, 'digits/kernel').type, 'float32');
      assert.ok(file.operators.every((operator) => operator.type !== 'fullyConnected' || operator.asymmetricInputs));
    }
  });

  it('keeps depthwise kernels in 8 bits where others have 4: LiteRT multiplies no other', async () => {
    const { graph } = await loweredNetwork('mobilenet-v2', 0);
    const { tensors, operators } = written('dynamic4', graph);
    const kernels = (wanted: string): Set<string | undefined> => new Set(operators.filter(({ type }) => type === wanted).map(({ inputs }) => tensors[inputs[1] ?? -1]?.type));
    assert.deepEqual([kernels('depthwiseConv2d'), kernels('fullyConnected')], [new Set(['int8']), new Set(['int4'])]);
  });

  for (const [what, graph, expected] of [
    ['a weight that is not finite', twoLayersWith({ value: [3, { name: 'hidden/bias', shape: [20], data: new Float32Array(20).fill(NaN) }] }), /'hidden\/bias' holds NaN/],
    ['a constant of another size', twoLayersWith({ value: [3, { name: 'hidden/bias', shape: [20], data: new Float32Array(19) }] }), /'hidden\/bias' holds 19 numbers; expected \[20\]/],
    ['weights that are computed', twoLayersWith({ operator: [1, { type: 'dense', input: 1, kernel: 0, activation: 'relu', layer: 'hidden', output: 4 }] }), /'hidden' multiplies by 'pixels', which is computed/],
    ['another end than a softmax', { ...TWO_LAYERS, operators: TWO_LAYERS.operators.slice(0, -1) }, /ends with 'digits', a 'dense'/],
    ['an operation that it does not know', twoLayersWith({ operator: [0, { type: 'warp', input: 0, layer: 'flat', output: 1 } as unknown as NetworkGraph['operators'][number]] }), /'flat' is a 'warp', which has no form in TFLite/],
  ] as const) {
    it(`is refused by name for ${what}`, () => {
      assert.throws(() => written('float32', graph), (error) => error instanceof InvalidModelError && expected.test(error.message));
    });
  }

  it('is refused in half precision for a weight beyond it', () => {
    const graph = twoLayersWith({ value: [3, { name: 'hidden/bias', shape: [20], data: new Float32Array(20).fill(-65_520) }] });
    assert.throws(() => written('float16', graph), (error) => error instanceof InvalidModelError && /'hidden\/bias' holds -65520; expected numbers below 65520/.test(error.message));
    written('float32', graph);
  });
});
