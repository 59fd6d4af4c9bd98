import assert from 'node:assert/strict';
import fc from 'fast-check';
import { int8Kernels, REQUANTIZE, TILE_CHANNELS } from '../../../ml/compression/int8-kernels.js';
import { requantizeTable } from '../../../ml/compression/requantize-table.js';
import { nearestEven } from './reference-int8.js';

const [INPUT, WEIGHTS, TABLE, OUTPUT] = [0, 1024, 2048, 4096];

describe('the multiply kernel', () => {
  it('rescales every accumulator in float32, to the nearest and ties to even, within the bounds of int8', () => {
    const kernels = int8Kernels(65536);
    const accumulators = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: TILE_CHANNELS, maxLength: TILE_CHANNELS });
    // Powers of two give many ties; the rest is arbitrary.
    const factor = fc.oneof(fc.integer({ min: -29, max: 2 }).map((power) => 2 ** power), fc.double({ min: 2 ** -29, max: 4, noNaN: true }));
    const factors = fc.array(factor, { minLength: TILE_CHANNELS, maxLength: TILE_CHANNELS });
    fc.assert(
      fc.property(accumulators, factors, fc.integer({ min: -128, max: 127 }), fc.boolean(), (bias, factored, zeroPoint, relu) => {
        const multipliers = Float32Array.from(factored);
        const activation = relu ? 'relu' : 'linear';
        const table = requantizeTable({ bias: Int32Array.from(bias), multipliers, output: { scale: 1, zeroPoint }, activation });
        new Uint8Array(kernels.memory, TABLE).set(table);
        kernels.multiply(INPUT, 0, 1, 0, 1, WEIGHTS, TABLE, OUTPUT, 16);
        const expected = bias.map((sum, channel) => {
          const rounded = nearestEven(Math.fround(Math.fround(sum) * (multipliers[channel] ?? NaN)));
          return Math.min(127, Math.max(relu ? zeroPoint : -128, rounded + zeroPoint)) - zeroPoint;
        });
        assert.deepEqual([...new Int16Array(kernels.memory, OUTPUT, TILE_CHANNELS)], expected);
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it('sums products over rows and runs, for four positions and eight channels', () => {
    const kernels = int8Kernels(65536);
    const [rows, quads, rowStride, positionStride] = [2, 2, 40, 6];
    const values = new Int16Array(kernels.memory, INPUT, 60);
    values.forEach((_, i) => (values[i] = ((i * 37) % 511) - 255));
    const weights = new Int16Array(kernels.memory, WEIGHTS, rows * quads * 4 * TILE_CHANNELS);
    weights.forEach((_, i) => (weights[i] = ((i * 53) % 255) - 127));
    const scale = 1 / 4096;
    const bias = Int32Array.from({ length: TILE_CHANNELS }, (_, i) => i * 1000 - 3000);
    const table = requantizeTable({ bias, multipliers: new Float32Array(TILE_CHANNELS).fill(scale), output: { scale: 1, zeroPoint: 0 }, activation: 'linear' });
    assert.equal(table.length, REQUANTIZE.bytes);
    new Uint8Array(kernels.memory, TABLE).set(table);
    kernels.multiply(INPUT, positionStride, rows, rowStride, quads, WEIGHTS, TABLE, OUTPUT, 16);
    const expected = Array.from({ length: 4 * TILE_CHANNELS }, (_, i) => {
      const [position, channel] = [Math.floor(i / TILE_CHANNELS), i % TILE_CHANNELS];
      let sum = bias[channel] ?? NaN;
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < quads * 4; k++) {
          const value = values[(position * positionStride + row * rowStride) / 2 + k] ?? NaN;
          const weight = weights[((row * quads * 2 + (k >> 1)) * TILE_CHANNELS + channel) * 2 + (k & 1)] ?? NaN;
          sum += value * weight;
        }
      }
      return Math.min(127, Math.max(-128, nearestEven(sum * scale)));
    });
    assert.deepEqual([...new Int16Array(kernels.memory, OUTPUT, expected.length)], expected);
  });
});
