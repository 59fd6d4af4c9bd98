import assert from 'node:assert/strict';
import { family } from '../../../ml/features/statistical.js';
import { drawn, named } from '../../support/picture.js';

describe('statistical', () => {
  it('measures the brightness of half an image of full ink', () => {
    const half = named(family, drawn((x) => (x < 14 ? 255 : 0)));
    const expected = { mean: 0.5, deviation: 0.5, skewness: 0, kurtosis: -2, maximum: 1, energy: 0.5, entropy: 1, lit: 0.5, bright: 0.5, 'lit-mean': 1, 'lit-deviation': 0, 'lit-q10': 1, 'lit-level7': 1 };
    for (const [column, value] of Object.entries(expected)) assert.ok(Math.abs((half[column] ?? NaN) - value) < 1e-6, `${column}: ${half[column]}`);
  });

  it('ranks the lit pixels alone', () => {
    const ramp = named(family, drawn((x, y) => (y === 0 ? x * 9 : 0))); // 27 lit pixels of 9..243
    assert.ok(Math.abs((ramp['lit-q50'] ?? NaN) - 126 / 255) < 1e-6);
    assert.ok(Math.abs((ramp['lit'] ?? NaN) - 27 / 784) < 1e-6);
    assert.ok(Math.abs((ramp['lit-level0'] ?? NaN) - 3 / 27) < 1e-6);
  });

  it('finds the centre, the spread and the slant of the ink', () => {
    const line = named(family, drawn((x, y) => (x === y && x >= 4 && x < 12 ? 255 : 0)));
    for (const axis of ['x', 'y']) {
      assert.ok(Math.abs((line[`centre-${axis}`] ?? NaN) - 8 / 28) < 1e-6);
      assert.ok(Math.abs((line[`spread-${axis}`] ?? NaN) - Math.sqrt(63 / 12) / 28) < 1e-6);
      assert.ok(Math.abs(line[`skewness-${axis}`] ?? NaN) < 1e-6);
    }
    assert.ok(Math.abs((line['slant'] ?? NaN) - 1) < 1e-6);
    assert.deepEqual([line['left'], line['upper']], [1, 1]);
  });

  it('sees which mirror leaves a picture as it is', () => {
    const standing = named(family, drawn((x, y) => (x > 11 && x < 16 && y < 9 ? 255 : 0)));
    assert.deepEqual([standing['mirror-x'], standing['mirror-y'], standing['half-turn']], [1, 0, 0]);
  });

  it('puts a blank image\'s centre into the middle', () => {
    const blank = named(family, drawn(() => 0));
    assert.deepEqual([blank['centre-x'], blank['centre-y'], blank['mean'], blank['slant']], [0.5, 0.5, 0, 0]);
  });
});
