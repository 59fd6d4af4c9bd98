import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../ml/data/npz.js';
import { mnistSubset } from '../../support/digits.js';
import { augmentedPicture, drawing } from './pictures.js';

const GOLDEN = new URL('../../../../tests/support/golden/augment.npz', import.meta.url);

describe('CLAHE', () => {
  const { arrays } = decodeNpz(readFileSync(GOLDEN));
  const { x } = mnistSubset({ split: 'test', from: 0, to: 16 });

  for (const [clip, grid] of [[2, 4], [20, 4], [8, 3], [40, 1]] as const) {
    it(`equals OpenCV's with clip ${clip} on a ${grid} x ${grid} grid, byte for byte`, () => {
      const expected = arrays[`clahe_${clip}_${grid}`]?.data as Uint8Array;
      assert.equal(expected.length, 16 * 784);
      for (let row = 0; row < 16; row++) {
        const image = { width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) };
        assert.deepEqual(augmentedPicture(image, 'clahe', { clip, grid, blend: 1 }, drawing()).pixels, expected.slice(row * 784, (row + 1) * 784), `image ${row}`);
      }
    });
  }

  it('goes part of the way when it is blended', () => {
    const image = { width: 28, height: 28, pixels: x.data.slice(0, 784) };
    const whole = augmentedPicture(image, 'clahe', { clip: 2, grid: 4, blend: 1 }, drawing()).pixels;
    const half = augmentedPicture(image, 'clahe', { clip: 2, grid: 4, blend: 0.5 }, drawing()).pixels;
    half.forEach((value, i) => assert.ok(Math.abs(value - ((whole[i] ?? NaN) + (image.pixels[i] ?? NaN)) / 2) <= 0.5));
  });
});
