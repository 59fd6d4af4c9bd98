import assert from 'node:assert/strict';
import { family } from '../../../ml/features/additional.js';
import { family as zoning } from '../../../ml/features/zoning.js';
import { mnistSubset } from '../../support/digits.js';
import { extracted } from '../../support/extracted.js';
import { drawn, named } from '../../support/picture.js';

/** The columns of a part that are not zero. */
function lit(part: string, value: (x: number, y: number) => number): Record<string, number> {
  const entries = Object.entries(named(family, drawn(value))).filter(([column, number]) => column.startsWith(`${part}.`) && number !== 0);
  return Object.fromEntries(entries.map(([column, number]) => [column.slice(part.length + 1), Math.round(number * 1000) / 1000]));
}

const box = (left: number, top: number, right: number, bottom: number) => (x: number, y: number): number => (x >= left && x < right && y >= top && y < bottom ? 255 : 0);

describe('additional', () => {
  it('begins with the zoning that may be had alone', () => {
    const image = { width: 28, height: 28, pixels: mnistSubset({ split: 'test', from: 0, to: 1 }).x.data };
    assert.deepEqual(extracted(family, image).slice(0, 65), extracted(zoning, image));
  });

  it('directions: an edge lights its own direction in the zones along it and, less, in those beside them', () => {
    const edge = lit('directions', box(14, 0, 28, 28));
    assert.equal(Object.keys(edge).length, 21);
    for (const [column, value] of Object.entries(edge)) assert.equal(value, /^r\dc3\.d0$/.test(column) ? 0.613 : /^r\dc[24]\.d0$/.test(column) ? 0.164 : 0, column);
  });

  it('projections: a pixel lies in one row, one column and one stripe of each diagonal', () => {
    assert.deepEqual(lit('projections', box(27, 0, 28, 1)), { row0: 0.036, column27: 0.036, falling6: 0.036, rising3: 0.005 });
  });

  it('profiles: the way to the ink from each side', () => {
    const seen = lit('profiles', box(7, 0, 21, 28));
    assert.deepEqual([seen['left5'], seen['right5'], seen['top2'], seen['top5'], seen['bottom13']], [0.25, 0.25, 1, undefined, 1]);
  });

  it('runs: all ink of a box belongs to runs of its width across and its height down', () => {
    const runs = lit('runs', box(3, 4, 6, 24));
    assert.equal(runs['across.3'], 1);
    assert.equal(runs['down.15-'], 1);
    for (const way of ['across', 'down', 'falling', 'rising']) {
      const sum = Object.entries(runs).reduce((total, [column, share]) => total + (column.startsWith(way) ? share : 0), 0);
      assert.ok(Math.abs(sum - 1) < 0.01, `${way}: ${sum}`);
    }
  });

  it('crossings: a row through two strokes meets two, a column along one meets one', () => {
    assert.deepEqual(lit('crossings', (x, y) => box(4, 8, 6, 10)(x, y) + box(20, 8, 22, 10)(x, y)), { row4: 2, column2: 1, column10: 1 });
  });

  it('quads: the first cut goes through the centre of mass, and a part without ink is cut in its middle', () => {
    const quads = lit('quads', box(0, 0, 14, 28));
    assert.deepEqual([quads['0.x'], quads['0.y'], quads['1.x'], quads['1.y'], quads['4.x'], quads['4.y']], [0.25, 0.5, 0.125, 0.25, 0.375, 0.75]);
    assert.deepEqual([lit('quads', () => 0)['2.x'], lit('quads', () => 0)['2.y']], [0.75, 0.25]);
  });

  it('concavities: a bracket has a bay on its open side, a ring a closed ground', () => {
    const bracket = lit('concavities', (x, y) => (box(7, 7, 21, 21)(x, y) && !box(9, 9, 21, 19)(x, y) ? 255 : 0));
    assert.ok(Object.keys(bracket).length > 0 && Object.keys(bracket).every((column) => column.endsWith('open-right')), JSON.stringify(bracket));
    const ring = lit('concavities', (x, y) => (box(7, 7, 21, 21)(x, y) && !box(9, 9, 19, 19)(x, y) ? 255 : 0));
    assert.deepEqual(ring, { 'r1c1.closed': 0.51, 'r1c2.closed': 0.51, 'r2c1.closed': 0.51, 'r2c2.closed': 0.51 });
  });

  it('chain: the contour of a box goes around it clockwise and turns outward at each corner', () => {
    const chain = lit('chain', box(1, 1, 5, 4)); // sides of 4 and 3, in the upper left quarter
    assert.deepEqual(chain, { 'r0c0.e': 0.214, 'r0c0.se': 0.071, 'r0c0.s': 0.143, 'r0c0.sw': 0.071, 'r0c0.w': 0.214, 'r0c0.nw': 0.071, 'r0c0.n': 0.143, 'r0c0.ne': 0.071, 'r0c0.outward': 0.286 });
  });

  it('chain: pixels that touch at a corner have one contour, which turns inward where they touch', () => {
    const chain = lit('chain', (x, y) => (x === y && x > 3 && x < 6 ? 255 : 0));
    assert.deepEqual([chain['r0c0.outward'], chain['r0c0.inward'], chain['r0c0.se'], chain['r0c0.nw']], [0.75, 0.25, 0.375, 0.375]);
  });

  it('moments: a lying bar has its second moment across, which shifts and scale do not change', () => {
    const bar = lit('moments', box(2, 10, 12, 12));
    assert.ok((bar['p2q0'] ?? 0) > 0.95 && Math.abs((bar['p2q0'] ?? 0) + (bar['p0q2'] ?? 0) - 1) < 0.002);
    assert.deepEqual(lit('moments', box(15, 20, 25, 22)), bar);
    assert.deepEqual(lit('moments', box(4, 4, 5, 5)), {});
  });
});
