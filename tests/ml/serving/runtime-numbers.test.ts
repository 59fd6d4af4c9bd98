import assert from 'node:assert/strict';
import { dequantize, PIXEL_QUANTIZATION, quantize } from '../../../ml/compression/affine-quantization.js';
import { pixelWriter, probabilityReader } from '../../../ml/serving/runtime-numbers.js';

const COLUMNS = 256;
const pixels = { rows: 3, columns: COLUMNS, data: Uint8Array.from({ length: 3 * COLUMNS }, (_, i) => (i * 7 + (i >> 8)) % 256) };
const floats = { ...pixels, data: Float32Array.from(pixels.data, (pixel) => pixel / 255) };
const second = { float32: floats.data.slice(COLUMNS, 3 * COLUMNS), uint8: pixels.data.slice(COLUMNS, 3 * COLUMNS) };

describe('Rows as a model holds its input', () => {
  it('floats: pixels divided by 255, from the row that is asked for', () => {
    for (const x of [pixels, floats]) {
      const input = new Float32Array(2 * COLUMNS);
      pixelWriter({ type: 'float32' })(input, x, 1);
      assert.deepEqual(input, second.float32);
    }
  });

  for (const grid of [PIXEL_QUANTIZATION, { scale: 0.01, zeroPoint: -128 }, { scale: 1 / 300, zeroPoint: 17 }]) {
    it(`int8 with a scale of ${grid.scale.toFixed(4)} and the zero at ${grid.zeroPoint}: the nearest step, from bytes and floats`, () => {
      const expected = Int8Array.from(second.float32, (value) => quantize(value, grid));
      for (const x of [pixels, floats]) {
        for (const input of [new Int8Array(2 * COLUMNS), new Int8Array(new ArrayBuffer(2 * COLUMNS + 8), 1, 2 * COLUMNS)]) { // four bytes at a time cannot be written to the second
          pixelWriter({ type: 'int8', ...grid })(input, x, 1);
          assert.deepEqual(Int8Array.from(input), expected);
        }
      }
    });
  }

  it('int8: what lies outside the steps gets the last one, on both sides', () => {
    const input = new Int8Array(6);
    pixelWriter({ type: 'int8', scale: 0.5, zeroPoint: 3 })(input, { rows: 1, columns: 6, data: Float32Array.of(-Infinity, -1e12, -1, 0.26, 1e12, Infinity) }, 0);
    assert.deepEqual([...input], [-128, -128, 1, 4, 127, 127]);
  });
});

describe('What a model gave, as probabilities', () => {
  it('int8: divided by their sum, floats as they are', () => {
    const grid = { scale: 1 / 256, zeroPoint: -128 };
    const stored = Int8Array.of(-128, -28, -128, 22, -128, -128, -128, -128, -128, -128);
    const data = new Float32Array(20);
    probabilityReader({ type: 'int8', ...grid })(stored, data, 10);
    const real = [...stored].map((value) => dequantize(value, grid));
    const sum = real.reduce((total, value) => total + value, 0);
    assert.deepEqual(data.subarray(10), Float32Array.from(real, (value) => value / sum));
    assert.ok(data.subarray(0, 10).every((value) => value === 0));
    probabilityReader({ type: 'float32' })(Float32Array.of(0.25, 0.75), data, 3);
    assert.deepEqual([...data.subarray(2, 6)], [0, 0.25, 0.75, 0]);
  });
});
