import assert from 'node:assert/strict';
import { mcnemar } from '../../../ml/evaluation/mcnemar.js';

/** Two models of which the first alone gets `onlyA` rows right, the second alone `onlyB`, both `both`, neither `neither`. */
function test(onlyA: number, onlyB: number, both = 3, neither = 2): ReturnType<typeof mcnemar> {
  const rows = onlyA + onlyB + both + neither;
  const labels = new Uint8Array(rows);
  const wrong = (from: number, to: number): Uint8Array => new Uint8Array(rows).fill(1, from, to).fill(1, rows - neither);
  return mcnemar({ name: 'a', predicted: wrong(onlyA, onlyA + onlyB) }, { name: 'b', predicted: wrong(0, onlyA) }, labels);
}

describe('the exact McNemar test', () => {
  it('counts the images that only one model gets right', () => {
    const { a, b, onlyACorrect, onlyBCorrect } = test(7, 2);
    assert.deepEqual([a, b, onlyACorrect, onlyBCorrect], ['a', 'b', 7, 2]);
  });

  const P_VALUES = [
    [0, 0, 1], [5, 5, 1], [6, 5, 1], [1, 0, 1],
    [5, 0, 2 / 32], // 2 * 0.5^5
    [7, 2, (2 * (1 + 9 + 36)) / 512],
    [10, 2, (2 * (1 + 12 + 66)) / 4096],
  ] as const;
  for (const [onlyA, onlyB, expected] of P_VALUES) {
    it(`gives p = ${expected} for ${onlyA} against ${onlyB}, and the same the other way round`, () => {
      assert.ok(Math.abs(test(onlyA, onlyB).pValue - expected) < 1e-12, `${test(onlyA, onlyB).pValue}`);
      assert.equal(test(onlyB, onlyA).pValue, test(onlyA, onlyB).pValue);
    });
  }

  it('does not underflow where 0.5^n does', () => {
    // 2,000 tosses, 900 heads: by the normal approximation with continuity correction, z = 99.5 / sqrt(500), p = 8.57e-6
    const { pValue } = test(1_100, 900);
    assert.ok(pValue > 8.2e-6 && pValue < 8.9e-6, `${pValue}`);
    assert.ok(test(2_000, 10).pValue >= 0);
  });
});
