import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decodeNpz } from '../../../ml/data/npz.js';
import { family } from '../../../ml/features/hu.js';
import { mnistSubset } from '../../support/digits.js';
import { extracted } from '../../support/extracted.js';
import { drawn, turned } from '../../support/picture.js';

const GOLDEN = new URL('../../../../tests/support/golden/features.npz', import.meta.url);
const picture = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 49, maxLength: 49 })
  .map((values) => drawn((x, y) => (x > 6 && x < 21 && y > 3 && y < 18 ? values[((y - 4) >> 1) * 7 + ((x - 7) >> 1)] ?? 0 : 0)));

describe('hu', () => {
  it('equals OpenCV in its leading digits, however small the number', () => {
    const golden = decodeNpz(readFileSync(GOLDEN)).arrays['hu']?.data as Float64Array;
    const { x } = mnistSubset({ split: 'test', from: 0, to: 64 });
    for (let row = 0; row < 64; row++) {
      const values = extracted(family, { width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) });
      values.forEach((value, i) => {
        const expected = golden[row * 7 + i] ?? NaN;
        assert.ok(Math.abs(value - expected) <= 1e-4 * Math.abs(expected), `image ${row}, ${family.columns[i]}: ${value}, expected ${expected}`);
      });
    }
  });

  it('gives the same numbers for a picture turned by 90 degrees', () => {
    fc.assert(fc.property(picture, (image) => {
      const [before, after] = [extracted(family, image), extracted(family, turned(image))];
      before.forEach((value, i) => assert.ok(Math.abs(value - (after[i] ?? NaN)) <= 1e-5 * Math.abs(before[0] ?? 0) ** (i === 0 ? 1 : 2), `hu.${i + 1}`));
    }), { numRuns: 50 });
  });

  it('gives nearly the same first number for a bar at any angle', () => {
    const bar = (angle: number) => drawn((x, y) => {
      const [u, v] = [(x - 13.5) * Math.cos(angle) + (y - 13.5) * Math.sin(angle), (y - 13.5) * Math.cos(angle) - (x - 13.5) * Math.sin(angle)];
      return Math.round(255 * Math.min(1, Math.max(0, 9.5 - Math.abs(u))) * Math.min(1, Math.max(0, 3 - Math.abs(v))));
    });
    const flat = extracted(family, bar(0))[0] ?? NaN;
    for (const degrees of [10, 30, 45, 77]) assert.ok(Math.abs((extracted(family, bar((degrees * Math.PI) / 180))[0] ?? NaN) / flat - 1) < 0.03, `${degrees}`);
  });

  it('changes the sign of the seventh number in a mirror, and no other', () => {
    const image = drawn((x, y) => (x > 8 && x < 12 && y > 4 && y < 22 ? 255 : x >= 12 && x < 20 && y > 17 && y < 22 ? 200 : 0));
    const mirror = drawn((x, y) => image.pixels[y * 28 + 27 - x] ?? 0);
    const [seen, mirrored] = [extracted(family, image), extracted(family, mirror)];
    const seventh = seen[6] ?? NaN;
    assert.ok(Math.abs(seventh + (mirrored[6] ?? NaN)) < 1e-6 * Math.abs(seventh) && seventh !== 0);
    for (let i = 0; i < 4; i++) assert.ok(Math.abs((seen[i] ?? NaN) - (mirrored[i] ?? NaN)) < 1e-6 * Math.abs(seen[i] ?? NaN));
  });

  it('is zero without ink', () => assert.deepEqual(extracted(family, drawn(() => 0)), [0, 0, 0, 0, 0, 0, 0]));
});
