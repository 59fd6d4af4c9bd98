import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../ml/data/npz.js';
import type { GrayImage } from '../../../ml/features/family.js';
import { family } from '../../../ml/features/hog.js';
import { mnistSubset } from '../../support/digits.js';
import { extracted } from '../../support/extracted.js';

const GOLDEN = new URL('../../../../tests/support/golden/features.npz', import.meta.url);

/** Names of the columns that are not nearly zero. */
function lit(image: GrayImage): string[] {
  const values = extracted(family, image);
  return family.columns.filter((_, i) => (values[i] ?? 0) > 1e-3);
}

/** An image of 28 x 28 by a formula for its pixels. */
function image(value: (x: number, y: number) => number): GrayImage {
  return { width: 28, height: 28, pixels: Uint8Array.from({ length: 784 }, (_, i) => value(i % 28, Math.floor(i / 28))) };
}

describe('hog', () => {
  it('equals scikit-image to 1e-4 on the golden images', () => {
    const golden = decodeNpz(readFileSync(GOLDEN)).arrays['hog']?.data as Float64Array;
    const { x } = mnistSubset({ split: 'test', from: 0, to: 64 });
    assert.equal(golden.length, 64 * 81);
    for (let row = 0; row < 64; row++) {
      const values = extracted(family, { width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) });
      values.forEach((value, i) => assert.ok(Math.abs(value - (golden[row * 81 + i] ?? NaN)) < 1e-4, `image ${row}, ${family.columns[i]}`));
    }
  });

  it('puts a vertical edge into the first direction of the cells it crosses, whichever side is bright', () => {
    const columns = ['hog.r0c1.o0', 'hog.r1c1.o0', 'hog.r2c1.o0'];
    assert.deepEqual(lit(image((x) => (x < 12 ? 255 : 0))), columns);
    assert.deepEqual(lit(image((x) => (x < 12 ? 0 : 255))), columns);
  });

  it('puts a horizontal edge into the fifth direction (80 to 100 degrees)', () => {
    assert.deepEqual(lit(image((_, y) => (y < 4 ? 255 : 0))), ['hog.r0c0.o4', 'hog.r0c1.o4', 'hog.r0c2.o4']);
  });

  it('tells the two diagonals apart', () => {
    const ramp = (sign: number): string[] => lit(image((x, y) => 100 + 3 * (x + sign * y))).filter((column) => column.startsWith('hog.r1c1'));
    assert.deepEqual(ramp(1), ['hog.r1c1.o2']);
    assert.deepEqual(ramp(-1), ['hog.r1c1.o6']);
  });

  it('does not depend on the contrast of the ink', () => {
    const strong = extracted(family, image((x, y) => (x * y) % 50 * 5));
    const weak = extracted(family, image((x, y) => (x * y) % 50));
    strong.forEach((value, i) => assert.ok(Math.abs(value - (weak[i] ?? NaN)) < 1e-3, family.columns[i]));
  });

  it('takes no gradient across the border and none from beyond the cells', () => {
    assert.deepEqual(lit(image((x) => (x === 27 ? 255 : 0))), []);
    assert.deepEqual(lit(image((x) => (x === 0 ? 255 : 0))), ['hog.r0c0.o0', 'hog.r1c0.o0', 'hog.r2c0.o0']);
  });
});
