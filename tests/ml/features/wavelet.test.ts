import assert from 'node:assert/strict';
import { decompose, decompositionLength } from '../../../ml/features/wavelet/decompose.js';
import { DB2, HAAR } from '../../../ml/features/wavelet/filters.js';
import { family } from '../../../ml/features/wavelet.js';
import { drawn, named } from '../../support/picture.js';

describe('wavelet', () => {
  it('has no details on a flat image, whose approximation is four times its ink', () => {
    const flat = named(family, drawn(() => 51));
    assert.ok(Math.abs((flat['db2.a.mean'] ?? NaN) - 0.8) < 1e-6);
    for (const [column, value] of Object.entries(flat)) {
      if (!/^db2\.a\.(mean|magnitude|maximum)$/.test(column)) assert.ok(Math.abs(value) < 1e-6, column);
    }
  });

  it('puts a lying edge into the horizontal details of its zone, a standing one into the vertical ones', () => {
    const lit = (image: Readonly<Record<string, number>>): string[] => Object.keys(image).filter((column) => column.startsWith('haar1.') && (image[column] ?? 0) > 1e-6);
    assert.deepEqual(lit(named(family, drawn((x, y) => (y === 0 && x < 7 ? 255 : 0)))).slice(0, 1), ['haar1.h.r0c0']);
    assert.deepEqual(lit(named(family, drawn((_, y) => (y < 13 ? 255 : 0)))), ['haar1.h.r1c0', 'haar1.h.r1c1', 'haar1.h.r1c2', 'haar1.h.r1c3']);
    assert.deepEqual(lit(named(family, drawn((x) => (x < 13 ? 255 : 0)))), ['haar1.v.r0c1', 'haar1.v.r1c1', 'haar1.v.r2c1', 'haar1.v.r3c1']);
  });

  it('keeps the energy of an image under Haar\'s wavelet, whatever its size', () => {
    for (const side of [4, 28, 64, 128]) {
      const image = drawn((x, y) => (x * 31 + y * 17) % 256, side);
      const numbers = new Float64Array(decompositionLength(side, side, HAAR));
      decompose(image, HAAR, numbers, 0);
      const energy = image.pixels.reduce((sum, value) => sum + (value / 255) ** 2, 0);
      assert.ok(Math.abs(numbers.reduce((sum, value) => sum + value * value, 0) / energy - 1) < 1e-9);
    }
  });

  it('takes images of odd sides and of a single pixel, mirrored at their borders', () => {
    assert.equal(decompositionLength(1, 1, DB2), 3 * 4 + 4 * 4);
    const numbers = new Float64Array(decompositionLength(1, 1, DB2));
    decompose({ width: 1, height: 1, pixels: Uint8Array.of(255) }, DB2, numbers, 0);
    numbers.forEach((value, i) => assert.ok(Math.abs(value - (i < 4 ? 4 : 0)) < 1e-9)); // two levels double it twice
  });
});
