import assert from 'node:assert/strict';
import { quantizeGraph } from '../../../ml/compression/quantize-graph.js';
import type { NetworkGraph } from '../../../ml/export/network/network-graph.js';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import type { TfliteGraph, TfliteTensor } from '../../../ml/export/tflite/tflite-graph.js';
import { writeTflite } from '../../../ml/export/tflite/write-tflite.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { SMALL_NETWORKS } from '../export/network/small-networks.js';
import { loweredNetwork } from '../export/tflite/lowered-networks.js';
import { observedRanges } from '../export/tflite/observed-ranges.js';
import { TWO_LAYERS, twoLayersWith } from '../export/tflite/two-layers.js';

const FACTS = { description: 'a test', metadata: {} };

const affineOf = (tensor: TfliteTensor | undefined): unknown => [tensor?.type, tensor?.quantization?.scales[0], tensor?.quantization?.zeroPoints[0]];
const tensorsOf = ({ tensors }: TfliteGraph, indices: readonly number[]): (TfliteTensor | undefined)[] => indices.map((index) => tensors[index]);

async function quantised(name: string, weightBits: 8 | 4 = 8): Promise<TfliteGraph> {
  const { graph, images } = await loweredNetwork(name, 4);
  return quantizeGraph(graph, observedRanges(graph, images), FACTS, weightBits);
}

describe('quantizeGraph', function () {
  this.timeout(60_000);

  for (const name of Object.keys(SMALL_NETWORKS)) {
    it(`reads back as it was written, from pixels to probabilities, for any batch: ${name}`, async () => {
      const file = await quantised(name);
      assert.deepEqual(readTflite(writeTflite(file)), file);
      const [input, output] = tensorsOf(file, [...file.inputs, ...file.outputs]);
      assert.deepEqual([affineOf(input), affineOf(output)], [['int8', Math.fround(1 / 255), -128], ['int8', 1 / 256, -128]]);
      assert.deepEqual([input?.signature?.[0], output?.signature?.[0]], [-1, -1]);
    });
  }

  it('has weights of 4 bits where they are asked for, and biases of 32 in the scale of the products', async () => {
    const file = await quantised('residual-cnn', 4);
    const products = file.operators.filter(({ type }) => type === 'conv2d' || type === 'fullyConnected');
    assert.ok(products.length > 5);
    for (const { inputs } of products) {
      const [input, weights, bias] = tensorsOf(file, inputs);
      assert.deepEqual([weights?.type, bias?.type], ['int4', 'int32']);
      assert.ok(weights?.data?.every((value: number) => Math.abs(value) <= 7));
      weights?.quantization?.scales.forEach((scale, output) =>
        assert.equal(bias?.quantization?.scales[output], Math.fround(scale * (input?.quantization?.scales[0] ?? NaN))),
      );
    }
  });

  it('stores what kernels only copy or compare as they find it', async () => {
    const { graph, images } = await loweredNetwork('cbam-cnn', 1);
    const unlike = [...observedRanges(graph, images)].map(([value, [low, high]]) => [value, [low, high + value / 100]] as const);
    const file = quantizeGraph(graph, new Map(unlike), FACTS);
    const copying = file.operators.filter(({ type }) => ['maxPool2d', 'averagePool2d', 'reshape', 'transpose', 'pad', 'reduceMax', 'concatenation'].includes(type));
    assert.ok(new Set(copying.map(({ type }) => type)).size >= 4);
    for (const { type, inputs, outputs } of copying) {
      const [output, ...given] = tensorsOf(file, [...outputs, ...(type === 'concatenation' ? inputs : inputs.slice(0, 1))]);
      for (const input of given) assert.deepEqual(affineOf(input), affineOf(output), type);
    }
  });

  it('computes standardisation, with its scale and shift, in float32 and all else in int8', async () => {
    const file = await quantised('vision-transformer');
    const typesOf = (wanted: string): Set<string | undefined> => new Set(file.operators.filter(({ type }) => type === wanted).map(({ outputs }) => tensorsOf(file, outputs)[0]?.type));
    assert.deepEqual(['rsqrt', 'mean', 'sub', 'squaredDifference'].map(typesOf), [0, 1, 2, 3].map(() => new Set(['float32'])));
    assert.deepEqual(['conv2d', 'fullyConnected', 'batchMatMul', 'softmax', 'gelu', 'reshape', 'transpose'].map(typesOf), Array.from({ length: 7 }, () => new Set(['int8'])));
    const standardised = file.operators.filter(({ type }) => type === 'rsqrt').length;
    assert.equal(file.operators.filter(({ type, outputs }) => type === 'mul' && tensorsOf(file, outputs)[0]?.type === 'float32').length, 2 * standardised);
  });

  it('refuses a value without a range, and one without numbers, by name', () => {
    const ranges = observedRanges(TWO_LAYERS, [new Float32Array(4).fill(0.5)]);
    const without = new Map([...ranges].filter(([value]) => value !== 4));
    assert.throws(() => quantizeGraph(TWO_LAYERS, without, FACTS), (error) => error instanceof InvalidDataError && error.message.startsWith("'hidden' has no range."));
    assert.throws(() => quantizeGraph(TWO_LAYERS, new Map([...ranges, [4, [0, NaN]]]), FACTS), /'hidden' has the range 0 to NaN/);
    assert.throws(() => quantizeGraph(TWO_LAYERS, new Map([...ranges, [4, [2, 1]]]), FACTS), /'hidden' has the range 2 to 1/);
  });

  it('refuses weights that are not finite by name', () => {
    const broken: NetworkGraph = twoLayersWith({ value: [2, { name: 'hidden/kernel', shape: [4, 20], data: new Float32Array(80).fill(Infinity) }] });
    assert.throws(() => quantizeGraph(broken, new Map(), FACTS), (error) => error instanceof InvalidModelError && error.message.startsWith("'hidden/kernel' holds Infinity"));
  });
});
