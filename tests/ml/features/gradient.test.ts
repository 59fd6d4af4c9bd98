import assert from 'node:assert/strict';
import { family } from '../../../ml/features/gradient.js';
import { drawn, named } from '../../support/picture.js';
import { extracted } from '../../support/extracted.js';

/** Shares of the eight directions over all quarters. */
function directions(value: (x: number, y: number) => number): number[] {
  const sums = new Array<number>(8).fill(0);
  extracted(family, drawn(value)).forEach((share, i) => { sums[i % 8] = (sums[i % 8] ?? 0) + share; });
  return sums.map((sum) => Math.round(sum * 1000) / 1000);
}

describe('gradient', () => {
  it('keeps the sign of an edge: to the right, down, to the left and up are four directions', () => {
    assert.deepEqual(directions((x) => (x < 14 ? 0 : 255)), [1, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(directions((_, y) => (y < 14 ? 0 : 255)), [0, 0, 1, 0, 0, 0, 0, 0]);
    assert.deepEqual(directions((x) => (x < 14 ? 255 : 0)), [0, 0, 0, 0, 1, 0, 0, 0]);
    assert.deepEqual(directions((_, y) => (y < 14 ? 255 : 0)), [0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('puts the four slanted slopes between them', () => {
    const most = (value: (x: number, y: number) => number): number => { const all = directions(value); return all.indexOf(Math.max(...all)); };
    assert.deepEqual([most((x, y) => 4 * (x + y)), most((x, y) => 4 * (27 - x + y)), most((x, y) => 4 * (54 - x - y)), most((x, y) => 4 * (x + 27 - y))], [1, 3, 5, 7]);
  });

  it('leaves an edge in its quarter and shares one in the middle', () => {
    const corner = named(family, drawn((x, y) => (x < 5 && y < 5 ? 255 : 0)));
    for (const [column, value] of Object.entries(corner)) if (!column.startsWith('r0c0')) assert.equal(value, 0, column);
    const middle = named(family, drawn((x) => (x < 14 ? 0 : 255)));
    for (const zone of ['r0c0', 'r0c1', 'r1c0', 'r1c1']) assert.ok(Math.abs((middle[`${zone}.d0`] ?? NaN) - 0.25) < 1e-6);
  });

  it('does not depend on the contrast, and sees nothing in a flat image', () => {
    const strong = extracted(family, drawn((x, y) => ((x * y) % 50) * 5));
    extracted(family, drawn((x, y) => (x * y) % 50)).forEach((value, i) => assert.ok(Math.abs(value - (strong[i] ?? NaN)) < 1e-6));
    assert.ok(extracted(family, drawn(() => 99)).every((value) => value === 0));
  });
});
