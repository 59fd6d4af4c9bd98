import assert from 'node:assert/strict';
import fc from 'fast-check';
import { family } from '../../../ml/features/zernike.js';
import { extracted } from '../../support/extracted.js';
import { drawn, named, turned } from '../../support/picture.js';

const picture = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 49, maxLength: 49 })
  .map((values) => drawn((x, y) => (x > 6 && x < 21 && y > 6 && y < 21 ? values[((y - 7) >> 1) * 7 + ((x - 7) >> 1)] ?? 0 : 0)));

describe('zernike', () => {
  it('gives the same numbers for a picture turned by 90 degrees', () => {
    fc.assert(fc.property(picture, (image) => {
      const [before, after] = [extracted(family, image), extracted(family, turned(image))];
      before.forEach((value, i) => assert.ok(Math.abs(value - (after[i] ?? NaN)) < 1e-5, family.columns[i]));
    }), { numRuns: 50 });
  });

  it('gives nearly the same numbers for a bar at any angle', () => {
    const bar = (angle: number) => drawn((x, y) => {
      const [u, v] = [(x - 13.5) * Math.cos(angle) + (y - 13.5) * Math.sin(angle), (y - 13.5) * Math.cos(angle) - (x - 13.5) * Math.sin(angle)];
      return Math.round(255 * Math.min(1, Math.max(0, 9.5 - Math.abs(u))) * Math.min(1, Math.max(0, 3 - Math.abs(v))));
    });
    const flat = extracted(family, bar(0));
    for (const degrees of [10, 30, 45, 77]) {
      extracted(family, bar((degrees * Math.PI) / 180)).forEach((value, i) => assert.ok(Math.abs(value - (flat[i] ?? NaN)) < 0.06, `${degrees} degrees, ${family.columns[i]}`));
    }
  });

  it('gives a single pixel the same moments wherever it lies: the centre of the disk moves with it', () => {
    const dot = (at: number) => named(family, drawn((x, y) => (x === at && y === 20 ? 90 : 0)));
    assert.deepEqual(dot(3), dot(22));
    assert.ok(Math.abs((dot(3)['n0l0'] ?? NaN) - 1 / Math.PI) < 1e-6);
    assert.equal(dot(3)['n1l1'], 0);
  });

  it('sees a bar twice around, and a square four times', () => {
    const bar = named(family, drawn((x, y) => (x > 3 && x < 24 && y > 11 && y < 16 ? 255 : 0)));
    const square = named(family, drawn((x, y) => (x > 5 && x < 22 && y > 5 && y < 22 ? 255 : 0)));
    assert.ok((bar['n2l2'] ?? 0) > 0.1 && (square['n2l2'] ?? 1) < 1e-6, `${bar['n2l2']} ${square['n2l2']}`);
    assert.ok((square['n4l4'] ?? 0) > 0.01, `${square['n4l4']}`);
  });
});
