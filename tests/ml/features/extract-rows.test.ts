import assert from 'node:assert/strict';
import { extractRows } from '../../../ml/features/extract-rows.js';
import { familyNamed } from '../../../ml/features/registry.js';
import { toyDigits } from '../../support/digits.js';
import { extracted } from '../../support/extracted.js';

describe('extractRows', () => {
  const { x } = toyDigits({ rows: 1100, seed: 3 });
  const families = [familyNamed('zoning'), familyNamed('hog')];

  it('gives one matrix a family, in the order asked for, each row from its own image', () => {
    const [zoning, hog] = extractRows(x, { width: 28, height: 28 }, families);
    assert.deepEqual([zoning?.rows, zoning?.columns, hog?.rows, hog?.columns], [1100, 65, 1100, 81]);
    for (const row of [0, 1, 1099]) {
      const image = { width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) };
      assert.deepEqual([...hog?.data.slice(row * 81, (row + 1) * 81) ?? []], extracted(familyNamed('hog'), image));
      assert.deepEqual([...zoning?.data.slice(row * 65, (row + 1) * 65) ?? []], extracted(familyNamed('zoning'), image));
    }
  });

  it('tells how many images are done, up to all of them', () => {
    const seen: number[] = [];
    extractRows(x, { width: 28, height: 28 }, families, (done) => seen.push(done));
    assert.deepEqual(seen, [500, 1000, 1100]);
  });
});
