import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resize } from '../../../ml/image/resize.js';

describe('resize', () => {
  it('averages the pixels that a smaller one covers, by their part of it', () => {
    assert.deepEqual([...resize({ width: 3, height: 1, pixels: [0, 90, 30] }, { width: 2, height: 1 })], [30, 50]);
    assert.deepEqual([...resize({ width: 2, height: 2, pixels: [0, 40, 80, 120] }, { width: 1, height: 1 })], [60]);
  });

  it('interpolates between pixels when it enlarges', () => {
    assert.deepEqual([...resize({ width: 2, height: 1, pixels: [0, 100] }, { width: 4, height: 1 })], [0, 25, 75, 100]);
  });

  it('leaves the same size as it is and does not mix up rows and columns', () => {
    const pixels = [1, 2, 3, 4, 5, 6];
    assert.deepEqual([...resize({ width: 3, height: 2, pixels }, { width: 3, height: 2 })], pixels);
    assert.deepEqual([...resize({ width: 3, height: 2, pixels }, { width: 3, height: 1 })], [2.5, 3.5, 4.5]);
  });

  it('keeps a flat image flat, and never leaves the range of the input', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(fc.property(side, side, side, side, fc.integer({ min: 0, max: 1000 }), (width, height, toWidth, toHeight, seed) => {
      const flat = resize({ width, height, pixels: new Uint8Array(width * height).fill(77) }, { width: toWidth, height: toHeight });
      assert.equal(flat.length, toWidth * toHeight);
      assert.ok(flat.every((value) => Math.abs(value - 77) < 1e-3), String(flat));
      const pixels = Uint8Array.from({ length: width * height }, (_, i) => (seed * 31 + i * 97) % 256);
      const low = Math.min(...pixels) - 1e-3;
      const high = Math.max(...pixels) + 1e-3;
      assert.ok(resize({ width, height, pixels }, { width: toWidth, height: toHeight }).every((value) => value >= low && value <= high));
    }));
  });
});
