import assert from 'node:assert/strict';
import type { FeatureFamily } from '../../../ml/features/family.js';
import { mnistSubset } from '../../support/digits.js';

/** What every feature family owes its callers. */
export function testFamilyContract(family: FeatureFamily): void {
  const width = family.columns.length;
  const { x } = mnistSubset({ split: 'test', from: 0, to: 5 });
  const image = (row: number): { width: number; height: number; pixels: Uint8Array } => (
    { width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) }
  );
  const extracted = (pixels: Uint8Array): Float32Array => {
    const out = new Float32Array(width);
    family.extract({ width: 28, height: 28, pixels }, out, 0);
    return out;
  };

  describe(`the family ${family.name}`, () => {
    it('names every column once, each after the family', () => {
      assert.equal(new Set(family.columns).size, width);
      assert.ok(family.columns.every((column) => column.startsWith(`${family.name}.`)));
    });

    it('gives the same numbers for the same image, whatever came before', () => {
      const first = extracted(image(0).pixels);
      extracted(image(1).pixels);
      assert.deepEqual(extracted(image(0).pixels), first);
    });

    it('tells digits apart', () => {
      const rows = new Set(Array.from({ length: 5 }, (_, row) => extracted(image(row).pixels).join()));
      assert.equal(rows.size, 5);
    });

    it('writes all its columns and nothing beside them', () => {
      const out = new Float32Array(width + 7).fill(NaN);
      family.extract(image(0), out, 3);
      assert.deepEqual(out.subarray(3, 3 + width), extracted(image(0).pixels));
      assert.ok([...out.subarray(0, 3), ...out.subarray(3 + width)].every(Number.isNaN));
    });

    it('leaves the image as it was', () => {
      const given = image(2);
      extracted(given.pixels);
      assert.deepEqual(given, image(2));
    });

    it('gives finite numbers for blank, full, single-pixel and noisy images', () => {
      const single = new Uint8Array(784);
      single[0] = 1;
      const noise = Uint8Array.from({ length: 784 }, (_, i) => (i * 7919) % 256);
      for (const pixels of [new Uint8Array(784), new Uint8Array(784).fill(255), single, noise]) {
        assert.ok(extracted(pixels).every(Number.isFinite));
      }
    });
  });
}
