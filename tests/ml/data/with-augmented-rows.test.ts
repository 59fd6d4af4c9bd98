import assert from 'node:assert/strict';
import { withAugmentedRows } from '../../../ml/data/with-augmented-rows.js';
import { InvalidDataError } from '../../../shared/errors.js';

describe('training rows with their augmented copies', () => {
  const labels = Uint8Array.of(3, 8);
  const bytes = (rows: number, ...data: number[]) => ({ rows, columns: data.length / rows, data: Uint8Array.from(data) });

  it('are the rows, then the copies of each with its label', () => {
    const { x, labels: all } = withAugmentedRows({ x: bytes(2, 1, 2, 3, 4), labels }, bytes(6, 10, 11, 12, 13, 14, 15, 30, 31, 32, 33, 34, 35));
    assert.deepEqual([x.rows, x.columns, ...x.data], [8, 2, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 30, 31, 32, 33, 34, 35]);
    assert.deepEqual([...all], [3, 8, 3, 3, 3, 8, 8, 8]);
  });

  it('keep the type of the numbers', () => {
    const floats = (...data: number[]) => ({ rows: 2, columns: 1, data: Float32Array.from(data) });
    const { x } = withAugmentedRows({ x: floats(0.5, 1.5), labels }, floats(2.5, 3.5));
    assert.ok(x.data instanceof Float32Array);
    assert.deepEqual([...x.data], [0.5, 1.5, 2.5, 3.5]);
  });

  const WRONG: readonly (readonly [string, Parameters<typeof withAugmentedRows>[1], RegExp])[] = [
    ['a copy too many', bytes(3, 1, 2, 3, 4, 5, 6), /got 3 x 2 \(Uint8Array\) for 2 x 2/],
    ['copies of half the rows', bytes(1, 1, 2), /got 1 x 2/],
    ['copies of another width', bytes(2, 1, 2, 3, 4, 5, 6), /got 2 x 3/],
    ['copies of another type', { rows: 2, columns: 2, data: new Float32Array(4) }, /\(Float32Array\) for 2 x 2 \(Uint8Array\)/],
  ];
  for (const [what, augmented, message] of WRONG) {
    it(`refuse ${what}`, () => {
      assert.throws(() => withAugmentedRows({ x: bytes(2, 1, 2, 3, 4), labels }, augmented), (error) => error instanceof InvalidDataError && message.test(error.message));
    });
  }
});
