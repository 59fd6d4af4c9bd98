import assert from 'node:assert/strict';
import { family } from '../../../ml/features/zoning.js';
import { digit } from '../../support/digits.js';
import { extracted } from '../../support/extracted.js';

describe('zoning', () => {
  it('fills the second column of coarse zones, and no other, for a vertical stroke', () => {
    const stroke = digit(`
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
      . . # # . . . .
    `);
    assert.deepEqual(extracted(family, stroke).slice(0, 16), [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
  });

  it('fills one fine zone of 4 x 4 pixels, and no other fine one, for a dot inside it', () => {
    const pixels = new Uint8Array(784);
    pixels[9 * 28 + 22] = 255; // row 9 and column 22: the third row of fine zones, the sixth column
    const zones = extracted(family, { width: 28, height: 28, pixels });
    const fine = family.columns.flatMap((name, i) => (name.startsWith('zoning.7x7.') && zones[i] !== 0 ? [[name, zones[i]]] : []));
    assert.deepEqual(fine, [['zoning.7x7.r2c5', 1 / 16]]);
  });

  it('gives the mean ink of a zone, exactly one for a full zone of 7 x 7', () => {
    const pixels = new Uint8Array(784);
    for (let y = 0; y < 7; y++) pixels.fill(255, y * 28 + 21, y * 28 + 28);
    pixels.fill(51, 14 * 28, 14 * 28 + 7); // one row in seven, at a fifth of the ink
    const zones = extracted(family, { width: 28, height: 28, pixels });
    assert.equal(zones[family.columns.indexOf('zoning.4x4.r0c3')], 1);
    assert.equal(zones[family.columns.indexOf('zoning.4x4.r2c0')], Math.fround(1 / 35));
    assert.equal(zones.slice(0, 16).filter((value) => value !== 0).length, 2);
  });
});
