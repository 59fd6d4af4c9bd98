import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeNpz } from '../../../../ml/data/npz.js';
import { RAW_FAMILIES } from '../../../../ml/features/raw/raw-families.js';
import { mnistSubset } from '../../../support/digits.js';

const GOLDEN = new URL('../../../../../tests/support/golden/features.npz', import.meta.url);
const IMAGES = 64;

describe('the raw families', () => {
  const { arrays } = decodeNpz(readFileSync(GOLDEN));
  const { x } = mnistSubset({ split: 'test', from: 0, to: IMAGES });

  it('have a family for every array of reference values, and none beside them', () => {
    const golden = Object.keys(arrays).filter((name) => name !== 'index');
    assert.deepEqual(RAW_FAMILIES.map(({ name }) => name).sort(), golden.sort());
  });

  for (const { name, length, extract } of RAW_FAMILIES) {
    it(`${name} equals the reference library to 1e-4 on the golden images`, () => {
      const golden = arrays[name]?.data as Float64Array;
      const columns = length(28, 28);
      assert.equal(golden.length, IMAGES * columns);
      const out = new Float64Array(columns);
      for (let row = 0; row < IMAGES; row++) {
        extract({ width: 28, height: 28, pixels: x.data.slice(row * 784, (row + 1) * 784) }, out, 0);
        out.forEach((value, i) => {
          const expected = golden[row * columns + i] ?? NaN;
          assert.ok(Math.abs(value - expected) < 1e-4 * Math.max(1, Math.abs(expected)), `image ${row}, number ${i}: ${value}, expected ${expected}`);
        });
      }
    });
  }
});
