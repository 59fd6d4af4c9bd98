import assert from 'node:assert/strict';
import { calibrate } from '../../../ml/compression/calibrate.js';
import { quantizeCnn } from '../../../ml/compression/quantize-cnn.js';
import { quantizeNetwork } from '../../../ml/compression/quantize-network.js';
import { readTflite } from '../../../ml/export/tflite/read-tflite.js';
import type { CnnLayer, CnnNetwork } from '../../../ml/models/cnn-layers.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { randomCnn, randomImages } from './random-cnn.js';

const network = randomCnn({ side: 10, convolutions: [{ kernel: [3, 3], channels: 6, padding: 'valid', pool: 2 }], hidden: [12] }, 2);
const images = randomImages(30, 100, 7);

function withLayer(index: number, layer: CnnLayer): CnnNetwork {
  return { ...network, layers: network.layers.with(index, layer) };
}

describe('quantizeNetwork', () => {
  it('has the input and output that the int8 specification demands', () => {
    const { tensors, inputs, outputs } = quantizeNetwork(network, calibrate(network, images, () => {}), 'min-max');
    const [input, output] = [tensors[inputs[0] ?? -1], tensors[outputs[0] ?? -1]];
    assert.deepEqual([input?.type, input?.quantization?.scales[0], input?.quantization?.zeroPoints[0]], ['int8', Math.fround(1 / 255), -128]);
    assert.deepEqual([output?.type, output?.quantization?.scales[0], output?.quantization?.zeroPoints[0]], ['int8', 1 / 256, -128]);
  });

  it('stores weights without -128 and one scale for each output', () => {
    const { tensors } = quantizeNetwork(network, calibrate(network, images, () => {}), 'min-max');
    const weights = tensors.filter(({ name }) => name.endsWith('/weights'));
    assert.equal(weights.length, 3);
    for (const { data, shape, quantization } of weights) {
      assert.ok(data?.every((value: number) => value >= -127));
      assert.equal(quantization?.scales.length, shape[0]);
      assert.ok(quantization?.zeroPoints.every((zero) => zero === 0));
    }
  });
});

describe('quantizeCnn', () => {
  const data = { calibration: images, validation: { x: randomImages(20, 100, 8), labels: new Uint8Array(20) } };

  it('refuses a layer without an int8 form by its name and place, before any work', () => {
    const foreign = withLayer(1, { type: 'lstm' } as unknown as CnnLayer);
    const touched = (): void => assert.fail('worked on a network that cannot be written');
    assert.throws(() => quantizeCnn(foreign, data, touched), (error: Error) => error instanceof InvalidModelError && /Layer 1.*'lstm'/.test(error.message));
    const [first] = network.layers;
    assert.ok(first?.type === 'conv2d');
    const softmaxInside = withLayer(0, { ...first, activation: 'softmax' });
    assert.throws(() => quantizeCnn(softmaxInside, data, touched), /Layer 0 is a 'conv2d' layer with softmax/);
    assert.throws(() => quantizeCnn({ ...network, layers: network.layers.slice(0, -1) }, data, touched), /ends with 'dense' layer with relu/);
    const broken = withLayer(0, { ...first, kernel: first.kernel.map(() => NaN) });
    assert.throws(() => quantizeCnn(broken, data, touched), /Layer 0.*not finite/);
  });

  it('refuses calibration images of another size, and none', () => {
    assert.throws(() => quantizeCnn(network, { ...data, calibration: randomImages(3, 90, 1) }, () => {}), InvalidDataError);
    assert.throws(() => quantizeCnn(network, { ...data, calibration: randomImages(0, 100, 1) }, () => {}), InvalidDataError);
  });

  it('gives the same bytes twice, a file that reads back, and every learnt number', () => {
    const once = quantizeCnn(network, data, () => {});
    assert.deepEqual(quantizeCnn(network, data, () => {}).tflite, once.tflite);
    const constants = readTflite(once.tflite).tensors.filter(({ name }) => /\/(weights|bias)$/.test(name));
    assert.equal(constants.reduce((sum, tensor) => sum + (tensor.data?.length ?? 0), 0), once.parameters);
    assert.equal(once.validationProba.rows, 20);
  });

  it('reports progress that rises to one and stops when told to', () => {
    const seen: number[] = [];
    quantizeCnn(network, data, (fraction) => seen.push(fraction));
    assert.deepEqual(seen, seen.slice().sort((a, b) => a - b));
    assert.ok(Math.abs((seen.at(-1) ?? 0) - 1) < 1e-9);
    assert.throws(() => quantizeCnn(network, data, () => { throw new Error('cancelled'); }), /cancelled/);
  });
});
