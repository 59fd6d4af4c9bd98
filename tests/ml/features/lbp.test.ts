import assert from 'node:assert/strict';
import fc from 'fast-check';
import { family } from '../../../ml/features/lbp.js';
import { drawn, named } from '../../support/picture.js';
import { extracted } from '../../support/extracted.js';

describe('lbp', () => {
  it('gives the ground the code 255: nothing around it is darker', () => {
    assert.equal(named(family, drawn(() => 0))['255'], 1);
  });

  it('gives a bright dot the code 0 and leaves its neighbours at 255', () => {
    const values = named(family, drawn((x, y) => (x === 9 && y === 5 ? 200 : 0)));
    assert.deepEqual([values['0'], values['255']], [Math.fround(1 / 784), Math.fround(783 / 784)]);
  });

  it('counts neighbours from the right, counter-clockwise', () => {
    const edge = (bright: (x: number, y: number) => boolean): Readonly<Record<string, number>> =>
      named(family, drawn((x, y) => (x === 9 && y === 9 ? 100 : bright(x - 9, y - 9) ? 200 : 0)));
    assert.ok((edge((x, y) => x === 1 && y === 0)['1'] ?? 0) > 0);
    assert.ok((edge((x, y) => x === 0 && y === -1)['4'] ?? 0) > 0);
    assert.ok((edge((x, y) => x === -1 && y === 0)['16'] ?? 0) > 0);
    assert.ok((edge((x, y) => x === 0 && y === 1)['64'] ?? 0) > 0);
  });

  it('does not change when all pixels brighten alike, but for the border, whose outside stays dark', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 676, maxLength: 676 }), fc.integer({ min: 1, max: 100 }), (inner, more) => {
      // rounding decides equal neighbours: random ink has few, so a handful of pixels may fall to the other side
      const image = (add: number) => drawn((x, y) => (x > 0 && x < 27 && y > 0 && y < 27 ? (inner[(y - 1) * 26 + x - 1] ?? 0) + add : 255));
      const [dark, bright] = [extracted(family, image(0)), extracted(family, image(more))];
      const moved = dark.reduce((sum, value, i) => sum + Math.abs(value - (bright[i] ?? 0)), 0);
      assert.ok(moved < 16 / 784, `${moved * 784} pixels`);
    }), { numRuns: 30 });
  });

  it('shares sum to one', () => {
    const sum = extracted(family, drawn((x, y) => (x * y * 7) % 256)).reduce((total, value) => total + value);
    assert.ok(Math.abs(sum - 1) < 1e-5);
  });
});
