import assert from 'node:assert/strict';
import { rowTransform } from '../../../ml/embedding/row-transform.js';
import { createRandom } from '../../../ml/random.js';

describe('rowTransform', () => {
  for (const size of [4, 8, 32, 64, 256]) {
    it(`is the discrete Fourier transform along ${size} rows, lane by lane, and its inverse takes it back`, () => {
      const lanes = 8;
      const start = 4; // complex numbers before the array, which must stay as they are
      const { values, transform } = rowTransform(size, start + size * lanes, lanes);
      const random = createRandom(size);
      values.forEach((_, i) => (values[i] = random.normal()));
      const before = values.slice();
      transform(start, lanes, false);
      const re = (array: Float32Array, row: number, lane: number): number => array[2 * (start + row * lanes) + 8 * (lane >> 2) + (lane & 3)] ?? NaN;
      const im = (array: Float32Array, row: number, lane: number): number => array[2 * (start + row * lanes) + 8 * (lane >> 2) + (lane & 3) + 4] ?? NaN;
      for (const lane of [0, 3, 6]) {
        for (let k = 0; k < size; k++) {
          let [sumRe, sumIm] = [0, 0];
          for (let row = 0; row < size; row++) {
            const angle = (-2 * Math.PI * k * row) / size;
            sumRe += re(before, row, lane) * Math.cos(angle) - im(before, row, lane) * Math.sin(angle);
            sumIm += re(before, row, lane) * Math.sin(angle) + im(before, row, lane) * Math.cos(angle);
          }
          assert.ok(Math.abs(re(values, k, lane) - sumRe) < 1e-4 && Math.abs(im(values, k, lane) - sumIm) < 1e-4, `lane ${lane}, frequency ${k}`);
        }
      }
      transform(start, lanes, true);
      values.forEach((value, i) => assert.ok(Math.abs(value / (i < 2 * start ? 1 : size) - (before[i] ?? NaN)) < 1e-5, `number ${i}`));
    });
  }
});
