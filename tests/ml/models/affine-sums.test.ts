import { strict as assert } from 'node:assert';
import { affineMap } from '../../../ml/models/affine-map.js';
import { affineSums } from '../../../ml/models/affine-sums.js';
import { createRandom } from '../../../ml/random.js';

describe('affine sums', () => {
  const [rows, columns, width] = [20, 300, 9];
  const random = createRandom(5);
  const numbers = (length: number, scale: number): Float32Array => Float32Array.from({ length }, () => scale * (random.uniform() - 0.5));

  it('sums large weights that cancel as in float64, where float32 leaves noise', () => {
    const offset = numbers(columns, 1);
    const half = numbers((columns / 2) * width, 1e6);
    const weights = Float32Array.from([...half, ...half.map((weight) => -weight)]); // columns in pairs that cancel
    const pairs = Array.from({ length: rows }, () => numbers(columns / 2, 1));
    const data = Float32Array.from(pairs.flatMap((own) => [...own, ...own.map((value) => value + 1e-6)]));
    const expected = Float32Array.from({ length: rows * width }, (_, at) => {
      const [row, k] = [Math.floor(at / width), at % width];
      return Array.from({ length: columns }, (_, j) => ((data[row * columns + j] ?? NaN) - (offset[j] ?? NaN)) * (weights[j * width + k] ?? NaN)).reduce((a, b) => a + b);
    });
    assert.deepEqual(Float32Array.from(affineSums(offset, weights)({ rows, columns, data })), expected);
    assert.notDeepEqual(affineMap(offset, weights)({ rows, columns, data }).data, expected);
  });

  it('counts pixels in 0..1', () => {
    const data = Uint8Array.from({ length: rows * columns }, (_, i) => (i * 37) % 256);
    const [offset, weights] = [numbers(columns, 1), numbers(columns * width, 1)];
    const floats = Float32Array.from(data, (value) => value / 255);
    const [bytes, same] = [data, floats].map((x) => affineSums(offset, weights)({ rows, columns, data: x }));
    assert.ok(bytes && same);
    bytes.forEach((value, i) => assert.ok(Math.abs(value - (same[i] ?? NaN)) < 1e-5));
  });
});
