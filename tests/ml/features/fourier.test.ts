import assert from 'node:assert/strict';
import { magnitudes } from '../../../ml/features/fourier/magnitudes.js';
import { family } from '../../../ml/features/fourier.js';
import { mnistSubset } from '../../support/digits.js';
import { drawn, named } from '../../support/picture.js';

describe('fourier', () => {
  it('puts a wave across the image at its own frequency, and its mean at zero', () => {
    const wave = named(family, drawn((x) => Math.round(127.5 + 127.5 * Math.cos((2 * Math.PI * 3 * x) / 28))));
    assert.ok(Math.abs((wave['u0v0'] ?? NaN) - 0.5) < 0.01);
    assert.ok(Math.abs((wave['u3v0'] ?? NaN) - 0.25) < 0.01);
    for (const [column, value] of Object.entries(wave)) if (!['u0v0', 'u3v0'].includes(column)) assert.ok(value < 0.01, column);
  });

  it('tells a wave that falls from one that rises', () => {
    const falling = named(family, drawn((x, y) => Math.round(127.5 + 127.5 * Math.cos((2 * Math.PI * (x - 2 * y)) / 28))));
    assert.ok((falling['u1v-2'] ?? 0) > 0.2 && (falling['u1v2'] ?? 1) < 0.01);
  });

  it('does not change when the picture moves', () => {
    const dot = (left: number, top: number) => named(family, drawn((x, y) => (x >= left && x < left + 5 && y >= top && y < top + 3 ? 255 : 0)));
    const moved = dot(13, 20);
    for (const [column, value] of Object.entries(dot(4, 2))) assert.ok(Math.abs(value - (moved[column] ?? NaN)) < 1e-6, column);
  });

  it('is the low part of the whole transform, each frequency once', () => {
    const image = { width: 28, height: 28, pixels: mnistSubset({ split: 'test', from: 3, to: 4 }).x.data };
    const all = new Float64Array(784);
    magnitudes(image, all, 0);
    for (const [column, value] of Object.entries(named(family, image))) {
      const [, u = 0, v = 0] = (/^u(\d+)v(-?\d+)$/.exec(column) ?? []).map(Number);
      assert.ok(Math.abs(value - (all[((v + 28) % 28) * 28 + u] ?? NaN) / 784) < 1e-6, column);
    }
  });
});
