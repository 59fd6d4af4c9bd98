import assert from 'node:assert/strict';
import fc from 'fast-check';
import { affineQuantization, dequantize, quantize } from '../../../ml/compression/affine-quantization.js';
import { quantizeKernel } from '../../../ml/compression/quantize-kernel.js';
import { quantizeWeights } from '../../../ml/compression/quantize-weights.js';

const bound = fc.double({ min: -1000, max: 1000, noNaN: true });

describe('affineQuantization', () => {
  it('brings every value of its range back to within half a step, and zero exactly', () => {
    fc.assert(
      fc.property(bound, bound, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, place) => {
        const [low, high] = [Math.min(a, b, 0), Math.max(a, b, 0)];
        fc.pre(high - low > 1e-3);
        const affine = affineQuantization(a < b ? a : b, a < b ? b : a);
        const value = low + (high - low) * place;
        // the zero point is rounded: one end of the range may lie half a step outside
        assert.ok(Math.abs(dequantize(quantize(value, affine), affine) - value) <= affine.scale * 1.0001, `${value}`);
        const inside = value - affine.scale > low && value + affine.scale < high;
        if (inside) assert.ok(Math.abs(dequantize(quantize(value, affine), affine) - value) <= affine.scale * 0.5001, `${value}`);
        assert.equal(dequantize(quantize(0, affine), affine), 0);
      }),
      { seed: 5 },
    );
  });

  it('saturates outside its range', () => {
    const affine = affineQuantization(-1, 3);
    assert.equal(quantize(100, affine), 127);
    assert.equal(quantize(-100, affine), -128);
  });
});

describe('quantizeWeights', () => {
  it('keeps every weight to half a step of its own output channel', () => {
    // two inputs, three outputs: the channels differ by orders of magnitude
    const kernel = Float32Array.of(0.001, 2, -300, -0.000737, 1.5317, 251.3);
    const { weights, scales } = quantizeWeights(kernel, new Float32Array(3), 0.1);
    for (let output = 0; output < 3; output++) {
      for (let input = 0; input < 2; input++) {
        const [scale, stored, weight] = [scales[output] ?? NaN, weights[output * 2 + input] ?? NaN, kernel[input * 3 + output] ?? NaN];
        assert.ok(Math.abs(stored * scale - weight) <= scale / 2 + 1e-9);
      }
    }
    assert.deepEqual([...weights].filter((weight) => Math.abs(weight) === 127).length, 3, 'the largest of each channel takes the whole range');
  });

  it('gives a channel without weights a bias that still fits int32', () => {
    const { bias, scales } = quantizeWeights(new Float32Array(4), Float32Array.of(5, 0), 1 / 255);
    assert.ok(Math.abs((bias[0] ?? NaN) * (scales[0] ?? NaN) * (1 / 255) - 5) < 1e-6);
    assert.ok(Math.abs(bias[0] ?? NaN) <= 2 ** 30);
    assert.equal(bias[1], 0);
  });
});

describe('quantizeKernel', () => {
  it('keeps weights that lie on a grid, whatever part of it they use', () => {
    const codes = [3, -1, 2, 5, -3, 0, 1, 7, 2, -7];
    const steps = [0.37, 0.0042];
    const { stored, scales } = quantizeKernel(Float32Array.from(codes, (code, i) => code * (steps[i % 2] ?? NaN)), 2, 4);
    codes.forEach((code, i) => {
      const given = ((stored[i] ?? NaN) * (scales[i % 2] ?? NaN)) / (steps[i % 2] ?? NaN);
      assert.ok(Math.abs(given - code) < 1e-5, `${given} for ${code}`);
    });
  });

  it('gives the largest weight the largest number where there is no grid', () => {
    const { stored, scales } = quantizeKernel(Float32Array.of(0.3, -0.141, 0.0517), 1, 4);
    assert.deepEqual([...stored], [7, -3, 1]);
    assert.equal(scales[0], Math.fround(Math.fround(0.3) / 7));
  });
});
