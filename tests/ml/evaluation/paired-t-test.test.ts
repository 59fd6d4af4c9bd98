import assert from 'node:assert/strict';
import { pairedTTest } from '../../../ml/evaluation/paired-t-test.js';
import { studentTwoSided } from '../../../ml/evaluation/student-t.js';

const close = (got: number | null, expected: number, tolerance = 1e-9): void => assert.ok(got !== null && Math.abs(got - expected) < tolerance, `got ${got}, expected ${expected}`);

describe('the paired t-test', () => {
  it('gives the figures of Student\'s own data: hours of sleep won by ten patients with two drugs (1908)', () => {
    const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { pairs, difference, aAhead, bAhead, pValue } = pairedTTest(a, b);
    assert.deepEqual([pairs, aAhead, bAhead], [10, 0, 9]);
    close(difference.mean, -1.58);
    close(difference.deviation, 1.229995, 1e-6);
    close(pValue, 0.0028329, 1e-7); // R: t.test(extra ~ group, paired = TRUE)
  });

  it('does not depend on which of the two comes first', () => {
    const [a, b] = [[0.991, 0.9921, 0.9897], [0.9893, 0.9902, 0.9895]];
    const [one, other] = [pairedTTest(a, b), pairedTTest(b, a)];
    assert.deepEqual([other.pValue, other.aAhead, other.bAhead], [one.pValue, one.bAhead, one.aAhead]);
    assert.equal(other.difference.mean, -one.difference.mean);
    assert.ok(one.pValue !== null && one.pValue > 0.05 && one.pValue < 0.3, `${one.pValue}`);
  });

  it('finds nothing in equal figures, and says nothing where all differences are the same', () => {
    assert.deepEqual(pairedTTest([0.9, 0.8], [0.9, 0.8]), { pairs: 2, difference: { mean: 0, deviation: 0 }, aAhead: 0, bAhead: 0, pValue: 1 });
    assert.equal(pairedTTest([0.993, 0.991], [0.992, 0.99]).pValue, null);
  });
});

describe('Student\'s t', () => {
  // By Simpson's rule on the density with 200,000 steps.
  const VALUES = [[2.5, 1, 0.24223788318169615], [2.5, 2, 0.12961172022149103], [1.3, 3, 0.28446750872792703], [4.0621277, 9, 0.0028328901267687945], [0.7, 10, 0.499887570172901]] as const;
  for (const [t, degrees, expected] of VALUES) it(`lies beyond ${t} with probability ${expected.toFixed(6)} at ${degrees} degrees of freedom`, () => close(studentTwoSided(t, degrees), expected, 1e-11));

  it('lies anywhere with probability 1, and beyond huge values with none', () => {
    for (const degrees of [1, 2, 3, 8]) {
      assert.equal(studentTwoSided(0, degrees), 1);
      assert.ok(studentTwoSided(1e9, degrees) < 1e-8);
      assert.equal(studentTwoSided(-1.7, degrees), studentTwoSided(1.7, degrees));
    }
  });
});
