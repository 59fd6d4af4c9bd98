import assert from 'node:assert/strict';
import { family } from '../../../ml/features/morphological.js';
import { digit } from '../../support/digits.js';
import { drawn, named } from '../../support/picture.js';

describe('morphological', () => {
  it('counts the parts and holes of a picture: ink joins at corners, ground does not', () => {
    const { parts, holes, 'hole-area': area } = named(family, digit(`
      . . . . . . . . . .
      . # # # . . . # . .
      . # . # . . # . # .
      . # . # . . . # . .
      . # # # . . . . . .
      . . . . . . . . . #
      . . . # . . . . . #
    `));
    assert.deepEqual([parts, holes, area], [4, 2, Math.fround(3 / 70)]);
  });

  it('measures a rectangle', () => {
    const box = named(family, drawn((x, y) => (x >= 4 && x < 14 && y >= 3 && y < 23 ? 255 : 0)));
    const expected = { area: 200 / 784, hull: 200 / 784, perimeter: 60 / 56, width: 10 / 28, height: 20 / 28, extent: 1, solidity: 1, compactness: (4 * Math.PI * 200) / 3600, eroded1: (8 * 18) / 200, eroded2: (6 * 16) / 200 };
    for (const [column, value] of Object.entries(expected)) assert.ok(Math.abs((box[column] ?? NaN) - value) < 1e-6, `${column}: ${box[column]}`);
  });

  it('fills the bay of an L up to the line between its ends', () => {
    const shape = named(family, digit(`
      # . . .
      # . . .
      # . . .
      # # # #
    `));
    assert.equal(shape['hull'], Math.fround((16 - 4.5) / 16));
    assert.equal(shape['solidity'], Math.fround(7 / 11.5));
  });

  it('thins a cross to lines with four ends that meet once', () => {
    const { ends, junctions, skeleton = 0 } = named(family, drawn((x, y) => ((x > 11 && x < 15 && y > 3 && y < 23) || (y > 11 && y < 15 && x > 3 && x < 23) ? 255 : 0)));
    assert.equal(ends, 4);
    assert.ok((junctions ?? 0) >= 1);
    assert.ok(skeleton * 56 > 25 && skeleton * 56 < 40, `${skeleton * 56} pixels`);
  });

  it('leaves a ring without ends', () => {
    const ring = named(family, drawn((x, y) => (Math.abs(Math.hypot(x - 13.5, y - 13.5) - 8) < 1.6 ? 255 : 0)));
    assert.deepEqual([ring['ends'], ring['junctions'], ring['holes'], ring['parts']], [0, 0, 1, 1]);
  });

  it('judges ink by half of the brightest pixel, however faint', () => {
    const shape = (ink: number) => named(family, drawn((x, y) => (x > 8 && x < 14 && y > 5 ? ink : x === 14 ? ink / 3 : 0)));
    assert.deepEqual(shape(30), shape(255));
  });
});
