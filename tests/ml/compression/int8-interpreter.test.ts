import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Int8Interpreter } from '../../../ml/compression/int8-interpreter.js';
import { int8Probabilities } from '../../../ml/compression/int8-probabilities.js';
import { evaluateNetwork } from '../../../ml/export/network/evaluate-network.js';
import type { NetworkGraph } from '../../../ml/export/network/network-graph.js';
import type { TfliteGraph } from '../../../ml/export/tflite/tflite-graph.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { quantisedCnn, randomCnn, randomImages } from './random-cnn.js';
import type { CnnShape } from './random-cnn.js';
import { referenceLogits } from './reference-int8.js';

const SMALL: CnnShape = {
  side: 12,
  convolutions: [
    { kernel: [3, 3], channels: 8, padding: 'valid', pool: 2 },
    { kernel: [3, 3], channels: 16, padding: 'same' },
  ],
  hidden: [24],
};

function quantized(network: NetworkGraph, calibrationImages = 20): TfliteGraph {
  const pixels = network.values[network.input]?.shape.reduce((product, side) => product * side, 1) ?? 0;
  return quantisedCnn(network, randomImages(calibrationImages, pixels, 3));
}

/** Probabilities from int8 logits as optimized_ops::Softmax computes them. */
function softmaxOf(graph: TfliteGraph, logits: readonly number[]): number[] {
  const scale = graph.tensors[graph.operators.at(-1)?.inputs[0] ?? 0]?.quantization?.scales[0] ?? 0;
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.fround(Math.exp(Math.fround(-scale * (largest - logit)))));
  const sum = powers.reduce((total, power) => Math.fround(total + power), 0);
  const inverse = Math.fround(1 / Math.fround(sum / 256));
  return powers.map((power) => Math.min(127, Math.round(Math.fround(power * inverse)) - 128));
}

describe('Int8Interpreter', () => {
  it('equals the plain definition of its arithmetic on networks of many shapes', () => {
    const convolution = fc.record({
      kernel: fc.constantFrom<[number, number][]>([1, 1], [2, 3], [3, 3], [3, 2]),
      channels: fc.integer({ min: 1, max: 18 }),
      stride: fc.integer({ min: 1, max: 2 }),
      padding: fc.constantFrom('valid' as const, 'same' as const),
      pool: fc.integer({ min: 1, max: 2 }),
      activation: fc.constantFrom('relu' as const, 'linear' as const),
    });
    const shape = fc.record({
      side: fc.integer({ min: 10, max: 15 }),
      inputChannels: fc.integer({ min: 1, max: 3 }),
      convolutions: fc.array(convolution, { maxLength: 2 }),
      hidden: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 1 }),
      classes: fc.integer({ min: 2, max: 12 }),
    });
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 6 }), (drawn, seed, rows) => {
        const network = randomCnn(drawn, seed);
        const graph = quantized(network, 4);
        const columns = drawn.side * drawn.side * drawn.inputChannels;
        const images = Int8Array.from(randomImages(rows, columns, seed).data, (pixel) => pixel - 128);
        const expected = Array.from({ length: rows }, (_, row) =>
          softmaxOf(graph, referenceLogits(graph, images.subarray(row * columns, (row + 1) * columns))),
        );
        assert.deepEqual([...new Int8Interpreter(graph).run(images)], expected.flat());
      }),
      { numRuns: 30, seed: 11 },
    );
  });

  it('stays near the floating-point network', () => {
    const network = randomCnn(SMALL, 5);
    const images = randomImages(40, 144, 9);
    const proba = int8Probabilities(new Int8Interpreter(quantized(network, 200)), images);
    for (let row = 0; row < images.rows; row++) {
      evaluateNetwork(network, Float32Array.from(images.data.subarray(row * 144, (row + 1) * 144), (pixel) => pixel / 255)).forEach((expected, c) => {
        const got = proba.data[row * 10 + c] ?? NaN;
        assert.ok(Math.abs(got - expected) < 0.06, `row ${row}, class ${c}: ${got} for ${expected}`);
      });
    }
  });

  it('gives a batch of one the row that the whole batch gives', () => {
    const graph = quantized(randomCnn(SMALL, 6));
    const images = randomImages(7, 144, 2);
    const whole = int8Probabilities(new Int8Interpreter(graph), images).data;
    const alone = new Int8Interpreter(graph);
    for (const row of [6, 0, 3]) {
      const one = { rows: 1, columns: 144, data: images.data.subarray(row * 144, (row + 1) * 144) };
      assert.deepEqual([...int8Probabilities(alone, one).data], [...whole.subarray(row * 10, (row + 1) * 10)]);
    }
  });

  it('gives probabilities that sum to one', () => {
    const { data } = int8Probabilities(new Int8Interpreter(quantized(randomCnn(SMALL, 6))), randomImages(9, 144, 4));
    for (let row = 0; row < 9; row++) {
      const sum = data.subarray(row * 10, (row + 1) * 10).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6, `row ${row} sums to ${sum}`);
    }
  });

  it('refuses images of another size and graphs that do not end with a softmax', () => {
    const graph = quantized(randomCnn(SMALL, 6));
    const network = new Int8Interpreter(graph);
    assert.throws(() => network.run(new Int8Array(145)), InvalidModelError);
    assert.throws(() => int8Probabilities(network, randomImages(1, 100, 1)), InvalidDataError);
    assert.throws(() => new Int8Interpreter({ ...graph, operators: graph.operators.slice(0, -1) }), InvalidModelError);
  });
});
