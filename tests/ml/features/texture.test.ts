import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countPairs } from '../../../ml/features/glcm/co-occurrence.js';
import { family } from '../../../ml/features/texture.js';
import { drawn, named } from '../../support/picture.js';

describe('texture', () => {
  it('sees the contrast of vertical stripes across them and not along them', () => {
    const stripes = named(family, drawn((x) => (x % 2 === 0 ? 255 : 0)));
    assert.deepEqual([stripes['contrast.d1a0'], stripes['contrast.d1a90'], stripes['contrast.d2a0']], [49, 0, 0]);
    assert.deepEqual([stripes['correlation.d1a0'], stripes['correlation.d1a90']].map((value) => Math.round(value ?? NaN)), [-1, 1]);
    assert.ok(Math.abs((stripes['entropy.d1a0'] ?? NaN) - Math.log(2)) < 1e-6);
  });

  it('calls a flat image all the same: no contrast, no entropy, full energy and correlation', () => {
    const flat = named(family, drawn(() => 77));
    const expected = { contrast: 0, dissimilarity: 0, variance: 0, entropy: 0, homogeneity: 1, asm: 1, energy: 1, correlation: 1 };
    for (const [property, value] of Object.entries(expected)) assert.ok(Math.abs((flat[`${property}.d2a45`] ?? NaN) - value) < 1e-9, property);
  });

  it('tells the two diagonals apart', () => {
    const falling = named(family, drawn((x, y) => ((x - y + 28) % 4 < 2 ? 255 : 0)));
    assert.equal(falling['contrast.d1a45'], 0);
    assert.equal(falling['contrast.d1a135'], 49);
  });

  it('counts every pair of neighbours in both directions, whatever the image', () => {
    const counts = new Uint32Array(64);
    const sides = fc.integer({ min: 1, max: 20 });
    fc.assert(fc.property(sides, sides, fc.constantFrom([0, 1], [1, 1], [1, 0], [1, -1], [0, 2], [2, 0]), fc.integer(), (width, height, [down = 0, right = 0], seed) => {
      const pixels = Uint8Array.from({ length: width * height }, (_, i) => ((seed >>> 0) + i * 7919) % 256);
      const total = countPairs({ width, height, pixels }, down, right, counts);
      assert.equal(total, 2 * Math.max(0, height - down) * Math.max(0, width - Math.abs(right)));
      assert.equal(counts.reduce((sum, count) => sum + count), total);
      for (let i = 0; i < 8; i++) for (let j = 0; j < i; j++) assert.equal(counts[i * 8 + j], counts[j * 8 + i]);
    }));
  });
});
